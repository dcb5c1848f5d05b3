"""Where a room's history forks, a homeserver may tell old state once more: what is newer stays known."""

from itertools import permutations
from typing import Any

import pytest

from adapters.matrix.listen import Listening
from adapters.matrix.parsing import Event
from adapters.matrix.rooms import Room
from bot.chat.incoming import BotAdded, CommandSent, MemberJoined, MemberLeft
from tests.adapters.matrix.conftest import Bot
from tests.support.matrix_people import Person, in_room, person
from tests.support.synapse import Synapse

BEN = "@ben:example.org"


def member(event_id: str, membership: str, replaces: str = "", shown: str | None = "Ben") -> Event:
    content = {"membership": membership} | ({"displayname": shown} if shown else {})
    unsigned = {"unsigned": {"replaces_state": replaces}} if replaces else {}
    return {"type": "m.room.member", "state_key": BEN, "sender": BEN, "event_id": event_id, "content": content} | unsigned


CHAIN = [
    member("$invite", "invite"),
    member("$join", "join", "$invite"),
    member("$leave", "leave", "$join"),
    member("$again", "join", "$leave", "Benedict"),
]


@pytest.mark.parametrize("told", list(permutations(CHAIN[:3])))
def test_the_latest_counts_once_it_is_known(told: tuple[Event, ...]) -> None:
    room = Room("!room:example.org")
    for event in [*CHAIN, *told]:
        room.note(event)
    assert (room.joined, room.invited) == ({BEN: "Benedict"}, set())


def test_the_same_event_may_be_told_again() -> None:
    room = Room("!room:example.org")
    for event in (CHAIN[0], CHAIN[1], CHAIN[1]):
        room.note(event)
    assert room.joined == {BEN: "Ben"}
    room.note(CHAIN[2])
    assert room.readers == set()


def test_what_names_no_predecessor_is_taken_as_it_comes() -> None:
    room = Room("!room:example.org")
    for event in (member("$join", "join"), member("$other", "join", shown=None), member("$last", "leave")):
        room.note(event)
    assert room.readers == set()


async def state_of(who: Person, room: str, user: str) -> list[Event]:
    """All member events about somebody, oldest first."""
    return [each for each in await who.timeline(room) if each["type"] == "m.room.member" and each["state_key"] == user]


@pytest.fixture
def once_more(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Event]]:
    """Room -> events that come as its state with every sync answer about it, as Synapse does after a fork."""
    again: dict[str, list[Event]] = {}
    look = Listening.look

    async def looked(listening: Listening, wait: float) -> Event:
        sync = await look(listening, wait)
        told: dict[str, Any] = sync.get("rooms", {}).get("join", {})
        for room_id, part in told.items():
            part.setdefault("state", {}).setdefault("events", []).extend(again.get(room_id, []))
        return sync

    monkeypatch.setattr(Listening, "look", looked)
    return again


async def test_somebody_who_joined_keeps_the_name(synapse: Synapse, bot: Bot, once_more: dict[str, list[Event]]) -> None:
    async with person(synapse, "Anna") as anna, person(synapse, "Ben") as ben, bot.runs() as adapter:
        room = await anna.creates_room(invite=[bot, ben])
        await bot.intake.until_some(BotAdded)
        await ben.joins(room)
        await bot.intake.until_some(MemberJoined)
        once_more[room] = (await state_of(anna, room, ben.id))[:1]
        for number in range(2):
            await ben.says(room, "!join")
            said = await bot.intake.until_some(CommandSent, number + 1)
            assert said[number].origin.name == "Ben"
        assert adapter.live is not None
        assert ben.id in adapter.live.rooms[room].joined


async def test_somebody_who_was_put_out_stays_out(synapse: Synapse, bot: Bot, once_more: dict[str, list[Event]]) -> None:
    """Else keys would go to them."""
    async with person(synapse, "Anna") as anna, person(synapse, "Ben") as ben, bot.runs() as adapter:
        room = await anna.creates_room(invite=[bot, ben])
        await bot.intake.until_some(BotAdded)
        await ben.joins(room)
        await bot.intake.until_some(MemberJoined)
        once_more[room] = await state_of(anna, room, ben.id)
        await anna.kicks(room, ben)
        await bot.intake.until_some(MemberLeft)
        await anna.says(room, "!who")
        await bot.intake.until_some(CommandSent)
        assert adapter.live is not None
        assert ben.id not in adapter.live.rooms[room].readers
        assert (await anna.asks("GET", in_room(room, "joined_members")))["joined"].keys() == {anna.id, bot.id}
