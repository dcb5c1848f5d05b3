"""What a room shows in the end and what the database holds of it, against what its people did."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.delivery.lane import MOST_TRIES
from tests.kills.hat import WELCOME, Deed, Hat, Said
from tests.kills.house import House

MEMBERS = """
SELECT accounts.name FROM members JOIN accounts ON accounts.id = members.account_id JOIN chats ON chats.group_id = members.group_id
WHERE chats.ref = :ref AND members.left_at IS NULL
"""
SHAKES = """
SELECT draws.role, accounts.name FROM shakes JOIN draws ON draws.id = shakes.draw_id JOIN chats ON chats.id = draws.chat_id
JOIN tickets ON tickets.draw_id = draws.id AND tickets.label = shakes.label
JOIN members ON members.id = tickets.member_id JOIN accounts ON accounts.id = members.account_id
WHERE chats.ref = :ref ORDER BY draws.number, shakes.place
"""
DRAWS = "SELECT draws.role, draws.state FROM draws JOIN chats ON chats.id = draws.chat_id WHERE chats.ref = :ref"
GIVEN_UP = """
SELECT count(*) FROM promises JOIN chats ON chats.id = promises.chat_id
WHERE chats.ref = :ref AND promises.state = 'unknown' AND promises.tries >= :most
"""
CHANGES = (
    "SELECT version - 1 FROM boards JOIN chats ON chats.id = boards.chat_id WHERE boards.kind = 'welcome' AND chats.ref = :ref"
)


@dataclass(frozen=True)
class Shown:
    """One message of the bot's, as it stands."""

    id: str
    text: str
    answers: str = ""


@dataclass(frozen=True)
class Room:
    """A room and its story, both in the platform's own order."""

    ref: str
    prefix: str
    deeds: Sequence[Deed]
    shown: Sequence[Shown]

    @property
    def hat(self) -> Hat:
        return Hat.after(self.deeds, self.prefix)


def check(house: House, room: Room) -> Counter[str]:
    """Every deed counted once, every promise kept and in order; how often each message stands there."""
    hat = room.hat
    counted(house, room, hat)
    copies = told(room, hat, given_up(house, room))
    shows_who_is_in(room, hat)
    return copies


def counted(house: House, room: Room, hat: Hat) -> None:
    """In the database: nothing that people did is missing, and nothing was done twice."""
    assert sorted(name for (name,) in house.rows(MEMBERS, ref=room.ref)) == sorted(hat.inside), room.ref
    assert house.one(CHANGES, ref=room.ref) == hat.changes, room.ref
    shakes: dict[str, list[str]] = {role: [] for role in hat.lots}
    for role, name in house.rows(SHAKES, ref=room.ref):
        shakes[role].append(name)
    assert shakes == {role: lots.shaken for role, lots in hat.lots.items()}, room.ref
    states = {role: "drawn" if lots.drawn else "open" for role, lots in hat.lots.items()}
    assert dict(house.rows(DRAWS, ref=room.ref)) == states, room.ref


def given_up(house: House, room: Room) -> int:
    """Messages during whose every try the bot was killed; after so many it dares no more, and notes that nobody knows."""
    return int(house.one(GIVEN_UP, ref=room.ref, most=MOST_TRIES))


def told(room: Room, hat: Hat, may_lack: int) -> Counter[str]:
    """In the room: what had to be said, in this order, each in the words that were true then."""
    names = [meant(room, hat, message).name for message in room.shown]
    copies = Counter(names)
    due = [said.name for said in hat.said if said.name in copies or not said.may_lack]
    lacking = [name for name in due if name not in copies]
    assert len(lacking) <= may_lack, f"{room.ref}: never said: {lacking}"
    assert list(copies) == [name for name in due if name in copies], room.ref
    return copies


def meant(room: Room, hat: Hat, message: Shown) -> Said:
    """Which of the expected messages this is."""
    for said in hat.said:
        if said.to == message.answers and message.text.startswith(said.words):
            return said
    raise AssertionError(f"{room.ref}: nobody asked for {message}")


def shows_who_is_in(room: Room, hat: Hat) -> None:
    welcome = [message.text for message in room.shown if message.text.startswith(WELCOME)][-1]
    names = re.search(r"^In the hat: (.+)\.$", welcome, re.M)
    shown = re.split(r", and |, | and ", names[1]) if names else []
    assert sorted(shown) == sorted(hat.inside), room.ref
