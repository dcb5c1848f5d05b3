"""Each event once: its effects and its seen mark together, and no event stands in another's way."""

import json
import logging

import pytest

from bot.chat import incoming as said
from bot.chat.incoming import Ack, Received
from bot.refusal import Refused
from bot.routing.feature import Call
from models import ChatRow, DeadLetterRow, IntakeRow, MemberRow, PromiseRow, SeenRow, WaitingRow
from tests.support.desk import Desk


def members(desk: Desk) -> set[str]:
    return {member.account.ref for member in desk_members(desk)}


def desk_members(desk: Desk) -> list[MemberRow]:
    with desk.database.transaction() as db:
        rows = db.query(MemberRow).filter_by(left_at=None).all()
        _ = [row.account.ref for row in rows]
        return rows


def fails(error: type[Exception]) -> object:
    def handler(_: Call) -> None:
        raise error("the text of an exception")

    return handler


def misbehave(desk: Desk) -> None:
    """Words after /count that make its handler fail after it has changed something."""
    for word, error in {"raise": KeyError, "recurse": RecursionError, "value": ValueError}.items():
        desk.behaviour[word] = fails(error)  # type: ignore[assignment]
    desk.behaviour["refuse"] = refuse


def refuse(_: Call) -> None:
    raise Refused("old button")


# once


def test_an_event_is_taken_once(desk: Desk) -> None:
    event = desk.command(ids=("update:1", "message:1"))
    for _ in range(3):
        desk.take(event, event)
    assert desk.handled == ["room"]
    assert len(desk.rows(PromiseRow)) == 1


@pytest.mark.parametrize("ids", [("update:1",), ("update:2", "tap:1"), ("tap:1", "update:3"), ("tap:1",)], ids=str)
def test_it_is_known_by_any_of_its_names(desk: Desk, ids: tuple[str, ...]) -> None:
    assert desk.take(desk.tap("1", ids=("update:1", "tap:1"))) == [Ack("counted")]
    assert desk.take(desk.tap("1", ids=ids)) == [None]
    assert desk.handled == ["tap 1"]


def test_a_refused_event_is_refused_once_and_changes_nothing(desk: Desk) -> None:
    misbehave(desk)
    desk.take(desk.command(person="1"))
    before = desk.dump()
    event = desk.command("refuse", person="2")
    first, again = desk.take(event, event)
    assert first is not None
    assert first.refused
    assert again is None
    assert desk.dump() == before
    assert len(desk.rows(PromiseRow)) == 2


def test_nothing_that_concerns_us_is_still_marked_as_seen(desk: Desk) -> None:
    assert desk.take(desk.event(None, ids=("update:1",))) == [None]
    assert [row.event_id for row in desk.rows(SeenRow)] == ["update:1"]


def test_order_in_a_chat_is_kept_and_answers_come_in_the_order_of_the_events(desk: Desk) -> None:
    events = [desk.command(str(n), chat=f"room {n % 3}") for n in range(30)]
    answers = desk.run(desk.hand_in(*events))
    assert [answer.received for answer in answers] == events
    for room in range(3):
        in_room = [entry for entry in desk.handled if entry.startswith(f"room {room} ")]
        assert in_room == [f"room {room} {n}" for n in range(room, 30, 3)]


# faults of ours


@pytest.mark.parametrize("word", ["raise", "recurse", "value"])
def test_a_handler_that_fails_is_tried_three_times_and_buried(desk: Desk, word: str, caplog: pytest.LogCaptureFixture) -> None:
    misbehave(desk)
    raw = json.dumps({"what": "as it came", "emoji": "🎩"})
    with caplog.at_level(logging.INFO):
        answers = desk.take(desk.tap("1"), desk.command(word, person="2", raw=raw), desk.tap("3"))
    assert answers == [Ack("counted"), None, Ack("counted")]
    assert desk.handled.count(f"room {word}") == 3
    assert members(desk) == {"1", "3"}
    (letter,) = desk.rows(DeadLetterRow)
    assert (letter.raw, letter.platform) == (raw, "telegram")
    assert letter.fault in {"KeyError", "RecursionError", "ValueError"}
    assert "text of an exception" not in caplog.text + letter.fault
    assert desk.rows(PromiseRow) == []


def test_a_buried_event_stays_buried(desk: Desk) -> None:
    misbehave(desk)
    event = desk.command("raise")
    for _ in range(3):
        desk.take(event)
    assert len(desk.rows(DeadLetterRow)) == 1
    assert len(desk.handled) == 3


def test_a_handler_that_fails_once_succeeds_at_the_second_try(desk: Desk) -> None:
    def once(_: Call) -> None:
        if len(desk.handled) == 1:
            raise KeyError

    desk.behaviour["once"] = once
    desk.take(desk.command("once"))
    assert members(desk) == {"1"}
    assert desk.rows(DeadLetterRow) == []


def test_one_poisonous_event_among_a_hundred(desk: Desk) -> None:
    misbehave(desk)
    events = [desk.tap(str(n)) for n in range(100)]
    events[40] = desk.command("raise", person="40")
    events[60] = desk.event(None, fault="JSONDecodeError", raw='{"half')
    desk.take(*events)
    assert members(desk) == {str(n) for n in range(100)} - {"40", "60"}
    assert {letter.fault for letter in desk.rows(DeadLetterRow)} == {"KeyError", "JSONDecodeError"}


NAMES = ["", "\0", "\ud800", "x" * 5000, "$event\u202e", "a\nb", "'; --"]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_any_name_of_an_event_can_be_kept(desk: Desk, name: str) -> None:
    event = desk.tap("1", ids=(name, f"tap {name}"))
    assert desk.take(event, desk.tap("2")) == [Ack("counted"), Ack("counted")]
    assert desk.take(event) == [None]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_an_event_of_any_name_can_be_refused_and_buried_and_wait(desk: Desk, name: str) -> None:
    misbehave(desk)
    raw = f"raw {name}"
    desk.take(desk.command("raise", ids=(f"1{name}",), raw=raw), desk.tap("2"))
    desk.take(desk.command("refuse", ids=(f"2{name}",), raw=raw), desk.tap("3"))
    desk.take(desk.event(None, ids=(f"3{name}",), raw=raw, fault="ValueError"), desk.tap("4"))
    desk.take(desk.event(said.Unreadable(desk.origin()), ids=(f"4{name}",), raw=raw), desk.tap("5"))
    assert len(desk.rows(DeadLetterRow)) == 2
    assert len(desk.rows(WaitingRow)) == 1
    assert members(desk) == {"2", "3", "4", "5"}
    desk.take(desk.tap("6", ids=(f"4{name}",)))
    assert desk.rows(WaitingRow) == []


@pytest.mark.parametrize("bad", ["\0", "\ud800"], ids=ascii)
def test_an_origin_that_cannot_be_kept_stands_in_nobodys_way(desk: Desk, bad: str) -> None:
    """Whatever a foreign server may put there."""
    events: list[said.Incoming] = [
        said.CommandSent(desk.origin(chat=bad), "count"),
        said.CommandSent(desk.origin(person=bad), "count"),
        said.CommandSent(desk.origin(message_id=bad), "count"),
        said.CommandSent(desk.origin(thread=bad), "count"),
        said.CommandSent(desk.origin(message_id=bad), "nonsense", addressed=True),
        said.CommandSent(desk.origin(chat_title=bad, handle=bad), "count"),
        said.CommandSent(desk.origin(), bad, addressed=True),
        said.CommandSent(desk.origin(), "count", bad),
        said.ButtonTapped(desk.origin(), bad),
        said.KeyPressed(desk.origin(), bad, bad),
        said.Replied(desk.origin(), bad, said.Quoted(bad)),
        said.ChatMoved(desk.origin(), desk.origin(chat=bad).chat),
        said.Unreadable(desk.origin(chat=bad)),
        said.MemberLeft(desk.origin(person=bad)),
    ]
    desk.take(*(desk.event(event, raw=bad) for event in events), desk.tap("99"))
    assert "99" in members(desk)


# effects and seen mark stand together


def test_cursor_and_effects_are_committed_together(desk: Desk) -> None:
    desk.take(desk.command(), cursor="s1")
    assert desk.row(IntakeRow).cursor == "s1"
    desk.take(desk.command(), cursor=None)
    assert desk.row(IntakeRow).cursor == "s1"
    resume = desk.run(desk.intake.resume())
    assert (resume.cursor, resume.waiting) == ("s1", ())


def test_a_batch_that_is_handed_in_again_changes_nothing(desk: Desk) -> None:
    misbehave(desk)
    batch = [desk.command(), desk.tap("2"), desk.command("raise"), desk.command("refuse"), desk.event(None)]
    desk.take(*batch)
    before = desk.dump(but=frozenset({"intakes"}))
    assert desk.take(*batch) == [None] * 5
    assert desk.dump(but=frozenset({"intakes"})) == before


# events that wait for their key


def unreadable(desk: Desk, name: str, chat: str = "room") -> Received:
    return desk.event(said.Unreadable(desk.origin("", chat)), ids=(name,), raw=f"cipher {name}")


def test_an_event_that_cannot_be_read_yet_waits_and_is_counted_when_it_can(desk: Desk) -> None:
    desk.take(desk.command(person="9"))
    for _ in range(2):
        assert desk.take(unreadable(desk, "$1"), unreadable(desk, "$2")) == [None, None]
    waiting = desk.run(desk.intake.resume()).waiting
    assert [(event.id, event.raw) for event in waiting] == [("$1", "cipher $1"), ("$2", "cipher $2")]
    assert desk.take(desk.tap("1", ids=("$1",))) == [Ack("counted")]
    assert [event.id for event in desk.run(desk.intake.resume()).waiting] == ["$2"]
    assert desk.take(unreadable(desk, "$1"), desk.tap("1", ids=("$1",))) == [None, None]


def test_a_room_hears_once_that_a_key_did_not_come(desk: Desk) -> None:
    desk.take(desk.command())
    desk.take(unreadable(desk, "$1"), unreadable(desk, "$2"))
    desk.sweep(seconds=59)
    assert told(desk) == []
    desk.sweep(seconds=1)
    desk.sweep(seconds=600)
    assert [words[:30] for words in told(desk)] == ["2 messages here came encrypted"]
    assert desk.take(desk.tap("2", ids=("$2",))) == [Ack("counted")]


def told(desk: Desk) -> list[str]:
    rows = [row for row in desk.rows(PromiseRow) if row.key.startswith("unreadable")]
    return [row.body["blocks"][0][1][0][1] for row in rows if row.body]


def test_each_room_hears_of_its_own(desk: Desk) -> None:
    desk.take(desk.command(chat="a"), desk.command(chat="b"))
    desk.take(unreadable(desk, "$1", "a"), unreadable(desk, "$2", "b"), unreadable(desk, "$3", "b"), unreadable(desk, "$4", "?"))
    desk.sweep(seconds=60)
    assert sorted(words[:10] for words in told(desk)) == ["2 messages", "A message "]
    assert len(desk.rows(ChatRow)) == 2


def test_keys_that_never_come_are_not_waited_for_for_ever(desk: Desk) -> None:
    desk.take(unreadable(desk, "$1"))
    desk.sweep(days=16)
    assert desk.rows(WaitingRow) == []
