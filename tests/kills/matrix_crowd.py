"""A few dozen people in Matrix rooms on a real homeserver, who react and speak without asking whether the bot is there."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.kills.hat import Deed
from tests.kills.rooms import Room, Shown
from tests.support.matrix_people import Event, Failed, Person, encrypted_person, in_room, person, shown
from tests.support.matrix_people import Shown as Message
from tests.support.synapse import Account, Synapse

JOIN, SHAKE = "✋", "🎩"
DRAWS = 3  # at most, in each room
OP = "org.folkmoot.op"


@dataclass
class Place:
    """A room; `boards` are the bot's messages with buttons, as last looked up: message -> role, or nothing for the welcome."""

    people: list[Person]
    id: str = ""
    boards: dict[str, str] = field(default_factory=dict)
    roles: int = 0


class MatrixCrowd:
    """What they did is read off the rooms afterwards, in the homeserver's order."""

    platform, prefix, pause, liveliness = "matrix", "!", 0.08, 8

    def __init__(self, bot: Account, rng: random.Random, places: Sequence[Place], encrypted: bool = False) -> None:
        self.bot, self.rng, self.places, self.encrypted = bot, rng, places, encrypted

    @property
    def names(self) -> list[str]:
        return [who.name for place in self.places for who in place.people]

    @property
    def tokens(self) -> list[str]:
        return [who.token for place in self.places for who in place.people]

    async def gathers(self) -> None:
        await asyncio.gather(*(self.opens(place) for place in self.places))

    async def opens(self, place: Place) -> None:
        first, *others = place.people
        place.id = await first.creates_room(f"Guild of {first.name}", encrypted=self.encrypted, invite=[*others, self.bot])
        for who in others:
            await who.joins(place.id)

    async def acts(self) -> None:
        """Somebody somewhere does something."""
        place = self.rng.choice(self.places)
        who = self.rng.choice(place.people)
        if not place.boards or self.rng.random() < 0.1:
            await self.look(place)
        if place.boards and self.rng.random() < 0.6:
            await self.taps(place, who, *self.rng.choice(list(place.boards.items())))
        elif place.boards and place.roles < DRAWS and self.rng.random() < 0.15:
            place.roles += 1
            await who.says(place.id, f"!draw gardener{place.roles}")
        else:
            await who.says(place.id, self.rng.choice(("!join", "!join", "!leave")))

    async def taps(self, place: Place, who: Person, board: str, role: str) -> None:
        """In clear, as everywhere. A homeserver takes the same reaction of the same person once."""
        relation = {"rel_type": "m.annotation", "event_id": board, "key": SHAKE if role else JOIN}
        try:
            await Person.sends(who, place.id, "m.reaction", {"m.relates_to": relation})
        except Failed as no:
            assert no.errcode == "M_DUPLICATE_ANNOTATION", no  # noqa: PT017 (anything else is a fault of the test)

    async def look(self, place: Place) -> None:
        """See whether new boards stand there."""
        for message in await self.latest(place) if place.id else ():
            if message.sender == self.bot.user_id and (SHAKE in message.body or JOIN in message.body):
                place.boards.setdefault(message.id, role_in(message.body))

    async def latest(self, place: Place) -> list[Message]:
        who = place.people[0]
        if self.encrypted:
            return await who.reads(place.id)
        page = await who.asks("GET", in_room(place.id, "messages"), dir="b", limit="80")
        return shown(page["chunk"][::-1])

    async def shakes_all(self) -> None:
        for place in self.places:
            await self.look(place)
            for board, role in place.boards.items():
                for who in place.people if role else ():
                    await self.taps(place, who, board, role)

    async def last_words(self) -> Sequence[tuple[str, str]]:
        """Room and message of a last command in each room."""
        return [(place.id, await place.people[0].says(place.id, "!join")) for place in self.places]

    async def rooms(self) -> list[Room]:
        return [await self.room(place) for place in self.places]

    async def room(self, place: Place) -> Room:
        timeline = await place.people[0].timeline(place.id)
        names = {who.id: who.name for who in place.people}
        now = [each for each in shown(timeline) if each.sender == self.bot.user_id]
        assert not doubled(now)
        said = [Shown(each.id, each.body, answered(each.content)) for each in now if OP in each.content or each.edited]
        return Room(place.id, self.prefix, list(deeds(since_it_came(timeline, self.bot.user_id), names)), said)


def role_in(body: str) -> str:
    found = re.search(r"D-\d+: lots for (\S+)", body)
    return found[1] if found else ""


def answered(content: Event) -> str:
    return str(content.get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id", ""))


def since_it_came(timeline: Sequence[Event], bot: str) -> Sequence[Event]:
    """What was said to somebody who was only invited was not said to them."""
    joins = (place for place, event in enumerate(timeline) if event.get("state_key") == bot and is_join(event))
    return timeline[next(joins) :]


def is_join(event: Event) -> bool:
    return bool(event["type"] == "m.room.member" and event["content"].get("membership") == "join")


def deeds(timeline: Sequence[Event], names: dict[str, str]) -> Iterator[Deed]:
    bodies = {event["event_id"]: str(event["content"].get("body", "")) for event in timeline}
    for event in timeline:
        if event["sender"] in names:
            yield from deed_in(event, names[event["sender"]], bodies)


def deed_in(event: Event, who: str, bodies: dict[str, str]) -> Iterator[Deed]:
    relation: Any = event["content"].get("m.relates_to", {})
    if event["type"] == "m.reaction":
        role = role_in(bodies[relation["event_id"]])
        yield Deed("shake" if role else "tap", who, role=role)
    elif event["type"] == "m.room.message":
        command, _, role = event["content"]["body"].removeprefix("!").partition(" ")
        yield Deed(command, who, event["event_id"], role)


def doubled(messages: Sequence[Message]) -> list[object]:
    """What the bot said more than once: under one name, or the same words in answer to the same message."""
    names = [each.content[OP] for each in messages if OP in each.content]
    words = [(each.body, answered(each.content)) for each in messages]
    return [said for heap in (names, words) for said, times in Counter[object](heap).items() if times > 1]


@asynccontextmanager
async def matrix_crowd(
    synapse: Synapse, rng: random.Random, rooms: int = 3, people: int = 12, encrypted: bool = False
) -> AsyncIterator[MatrixCrowd]:
    """People with accounts of their own, in rooms that are still to be opened."""
    make = encrypted_person if encrypted else person
    async with AsyncExitStack() as stack:
        names = [[f"Reed{room}x{number}" for number in range(people)] for room in range(rooms)]
        logins = (stack.enter_async_context(make(synapse, name)) for room in names for name in room)
        everybody: Sequence[Person] = await asyncio.gather(*logins)
        places = [Place(list(everybody[room * people : (room + 1) * people])) for room in range(rooms)]
        yield MatrixCrowd(synapse.register(), rng, places, encrypted)
