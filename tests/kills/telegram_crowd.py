"""Hundreds of people in Telegram groups, who tap and speak without asking whether the bot is there."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.kills.hat import Deed
from tests.kills.rooms import Room, Shown
from tests.support.botapi.remote import Remote

JOIN, SHAKE = "Count me in", "Shake the hat"
DRAWS = 1  # at most, in each group
SPOKEN = 5  # commands in each group at most: it takes 20 messages a minute


@dataclass
class Group:
    chat: int
    people: dict[str, int]
    deeds: list[Deed] = field(default_factory=list)
    taps: int = 0

    @property
    def roles(self) -> int:
        return sum(deed.kind == "draw" for deed in self.deeds)

    @property
    def spoken(self) -> int:
        return sum(bool(deed.id) for deed in self.deeds)


class TelegramCrowd:
    """Everything goes through one connection, so what people do has one order."""

    platform, prefix, pause, liveliness = "telegram", "/", 0.02, 30

    def __init__(self, remote: Remote, rng: random.Random, groups: int = 40, people: int = 8) -> None:
        self.remote, self.rng = remote, rng
        self.groups = [self.group(f"T{number}x", people) for number in range(groups)]

    def group(self, mark: str, people: int) -> Group:
        members = {f"Quill{mark}{number}": 0 for number in range(people)}
        for name in members:
            members[name] = self.remote.person(name)
        return Group(self.remote.group(f"Guild {mark}", members=list(members.values()), bot=None), members)

    @property
    def names(self) -> list[str]:
        return [name for group in self.groups for name in group.people]

    async def gathers(self) -> None:
        for group in self.groups:
            self.remote.call("adds_bot", person=next(iter(group.people.values())), chat=group.chat)

    async def acts(self) -> None:
        """Somebody somewhere does something."""
        group = self.rng.choice(self.groups)
        who = self.rng.choice(list(group.people))
        boards = list(self.boards(group))
        if boards and self.rng.random() < 0.9:
            self.taps(group, who, *self.rng.choice(boards))
        elif boards and group.roles < DRAWS and self.rng.random() < 0.4:
            self.says(group, who, "draw", f"gardener{group.roles}of{-group.chat}")
        elif group.spoken < SPOKEN:
            self.says(group, who, self.rng.choice(("join", "join", "leave")))

    def boards(self, group: Group) -> Iterator[tuple[int, str, str]]:
        """Message, label and role of each button that may be pressed."""
        for message in self.remote.messages(group.chat):
            faces = " ".join(message["buttons"])
            if JOIN in faces:
                yield message["id"], JOIN, ""
            elif SHAKE in faces:
                yield message["id"], SHAKE, message["text"].split("\n")[0].rpartition(" ")[2]

    def taps(self, group: Group, who: str, message: int, label: str, role: str) -> None:
        """Now and then twice, as people do who get no answer."""
        times = 2 if self.rng.random() < 0.2 else 1
        self.remote.taps([group.people[who]] * times, group.chat, message, label)
        group.deeds += [Deed("shake" if role else "tap", who, role=role)] * times
        group.taps += times

    def says(self, group: Group, who: str, command: Any, role: str = "") -> str:
        message = self.remote.says(group.people[who], group.chat, f"/{command} {role}".strip())
        group.deeds.append(Deed(command, who, str(message), role))
        return str(message)

    async def shakes_all(self) -> None:
        """Everybody presses every button that there is to shake."""
        for group in self.groups:
            for message, label, role in self.boards(group):
                for who in group.people if role else ():
                    self.taps(group, who, message, label, role)
            await asyncio.sleep(0)

    async def last_words(self) -> Sequence[tuple[str, str]]:
        """Room and message of a last command in each room."""
        return [(str(group.chat), self.says(group, next(iter(group.people)), "join")) for group in self.groups]

    async def rooms(self) -> list[Room]:
        return [Room(str(group.chat), self.prefix, group.deeds, list(self.shown(group))) for group in self.groups]

    def shown(self, group: Group) -> Iterator[Shown]:
        for message in self.remote.messages(group.chat):
            if message["mine"]:
                yield Shown(str(message["id"]), message["text"], str(message["answers"] or ""))
