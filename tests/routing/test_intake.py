"""When to look, how long to wait, and what happens while the database does not answer."""

import asyncio
import logging
import sqlite3
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from bot.chat.adapter import Batch
from bot.chat.incoming import Ack
from bot.routing.intake import LONGEST_WAIT
from models import IntakeRow, SeenRow
from tests.routing.conftest import MakeDesk
from tests.support.desk import PLATFORM, Desk, Diary
from tests.support.moot import START


def wait(desk: Desk) -> float:
    return desk.run(desk.intake.fetch()).wait


# patience


def test_the_first_look_does_not_wait(make_desk: MakeDesk) -> None:
    desk = make_desk()
    assert wait(desk) == 0
    desk.take()
    assert wait(desk) == LONGEST_WAIT


@pytest.mark.parametrize(
    ("due", "waited"),
    [(0.2, 1), (1, 1), (1.1, 2), (19.5, 20), (20, 20), (600, 20)],
)
def test_a_look_ends_at_the_next_deadline(make_desk: MakeDesk, due: float, waited: float) -> None:
    desk = make_desk()
    desk.take()
    desk.horizon.next_due = desk.clock.now() + timedelta(seconds=due)
    assert wait(desk) == waited


def test_a_deadline_that_waits_for_our_word_gets_it_at_once(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.take()
    desk.horizon.next_due = desk.clock.now() + timedelta(seconds=10)
    desk.clock.advance(timedelta(seconds=10))
    assert wait(desk) == 0
    desk.take(drained=False)
    assert wait(desk) == 0
    desk.take()
    assert wait(desk) == 1, "it has our word, and waits for somebody else"


def test_waiting_is_whole_seconds_and_never_past_a_deadline(make_desk: MakeDesk) -> None:
    desk = make_desk()

    @given(st.floats(-1000, 1000), st.booleans())
    def holds(due: float, drained: bool) -> None:
        desk.horizon.next_due = START + timedelta(seconds=due)
        desk.intake.drained_at = START + timedelta(hours=1) if drained else None
        waited = desk.intake.patience(START)
        assert waited == int(waited)
        assert 0 <= waited <= LONGEST_WAIT
        assert waited < max(due, 0) + 1 or (drained and waited == 1)

    holds()


def test_a_batch_of_events_tells_the_earliest_deadline(make_desk: MakeDesk) -> None:
    diary = Diary()
    desk = make_desk(features=[diary.feature])
    diary.dates[1] = (START + timedelta(seconds=5), 1)
    desk.take(desk.command())
    assert desk.horizon.next_due == START + timedelta(seconds=5)


# pauses after failures


def test_failures_in_a_row_are_waited_for_ever_longer(make_desk: MakeDesk) -> None:
    desk = make_desk()
    pauses = [desk.run(desk.intake.failed("unreachable")) for _ in range(8)]
    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert desk.intake.trouble == "unreachable"
    desk.take()
    assert (desk.intake.trouble, desk.run(desk.intake.failed("conflict"))) == ("", 0.5)


# heartbeat, barrier and gap


def test_heard_and_drained_are_told_apart(desk: Desk) -> None:
    desk.take()
    began = desk.clock.now() + timedelta(seconds=10)
    desk.clock.advance(timedelta(seconds=10))
    fetch = desk.run(desk.intake.fetch())
    desk.clock.advance(timedelta(seconds=7))
    desk.run(desk.intake.take(Batch(fetch, (), drained=True)))
    row = desk.row(IntakeRow)
    assert (row.drained_at, row.heard_at) == (began, began + timedelta(seconds=7))
    desk.clock.advance(timedelta(seconds=5))
    desk.take(drained=False)
    row = desk.row(IntakeRow)
    assert (row.drained_at, row.heard_at) == (began, began + timedelta(seconds=12))


def test_whoever_waits_is_woken_by_each_batch(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.take()
    desk.take(desk.command())
    assert desk.woken == 2
    assert desk.intake.listening.is_set()


# a database that does not answer


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, make_desk: MakeDesk) -> Desk:
    """SQLite gives up on another writer at once."""
    monkeypatch.setattr("models.database.BUSY", 1)
    return make_desk()


async def until_it_waits(caplog: pytest.LogCaptureFixture) -> None:
    while "waits for the database" not in caplog.text:
        await asyncio.sleep(0.01)


def test_while_the_database_is_locked_nobody_is_told_counted(impatient: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk = impatient
    other = sqlite3.connect(str(desk.database.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def story() -> list[Ack | None]:
        taking = asyncio.create_task(desk.hand_in(desk.tap("1"), cursor="s1"))
        await until_it_waits(caplog)
        assert not taking.done()
        other.execute("COMMIT")
        return [answer.ack for answer in await taking]

    with caplog.at_level(logging.INFO):
        assert desk.run(story()) == [Ack("counted")]
    other.close()
    assert "locked" not in caplog.text, "the text of an exception"
    assert desk.row(IntakeRow).cursor == "s1"
    assert len(desk.rows(SeenRow)) == 1
    assert desk.handled == ["tap 1"]


def test_a_batch_given_up_while_the_database_is_locked_leaves_nothing(impatient: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk = impatient
    other = sqlite3.connect(str(desk.database.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    event = desk.tap("1")

    async def story() -> None:
        taking = asyncio.create_task(desk.hand_in(event))
        await until_it_waits(caplog)
        taking.cancel()
        await asyncio.gather(taking, return_exceptions=True)

    desk.run(story())
    other.execute("COMMIT")
    other.close()
    assert desk.rows(SeenRow) == []
    assert desk.take(event) == [Ack("counted")]


def test_a_database_that_fails_in_the_middle_of_a_handler_is_tried_again_whole(desk: Desk) -> None:
    """A deadlock, a lost connection: not the event's fault, so it is no dead letter."""

    def fails_once(_: object) -> None:
        if len(desk.handled) < 3:
            raise OperationalError("statement", {}, Exception("gone away"))

    desk.behaviour["deadlock"] = fails_once
    desk.take(desk.tap("1"), desk.command("deadlock", person="2"))
    assert desk.handled[-1] == "room deadlock"
    assert len(desk.rows(SeenRow)) == 2
    assert desk.dump()["dead_letters"] == []


def test_each_platform_has_its_own_line_in_the_book(desk: Desk) -> None:
    other = desk.intake_for("matrix", None)
    desk.take(cursor="a")
    fetch = desk.run(other.fetch())
    desk.run(other.take(Batch(fetch, (), drained=True, cursor="b")))
    assert {row.platform: row.cursor for row in desk.rows(IntakeRow)} == {PLATFORM: "a", "matrix": "b"}
