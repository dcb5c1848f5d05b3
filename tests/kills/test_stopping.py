"""Told to stop with a hundred presses in hand: it ends in time, and each of them counts once, then or after the next start."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import text

from adapters.telegram.listen import LAST_TAKE
from models.database import Database
from tests.kills.house import House
from tests.kills.square import OK, PEOPLE, Square, all_counted, counted
from tests.support.botapi.remote import Remote
from tests.support.waiting import await_true
from tests.support.zygote import Life, Zygote

STOPS_WITHIN = 10.0  # seconds


def stops_in_time(life: Life) -> float:
    """Seconds that it took."""
    began = time.monotonic()
    assert life.terminate() == OK
    took = time.monotonic() - began
    assert took < STOPS_WITHIN
    return took


def taken_in_hand(square: Square) -> None:
    """All press, and the bot has been given it in one page."""
    await_true(lambda: square.state["listened to"], "a long poll")
    square.taps()
    await_true(lambda: not square.state["listened to"], "the end of the long poll")
    assert square.state["waiting"] == PEOPLE


def counts_all_after_a_start(house: House) -> None:
    life = house.starts_well()
    await_true(lambda: all_counted(house), "all presses counted once")
    assert life.terminate() == OK
    house.is_discreet("Sparrow", "square")


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Somebody else writes, and goes on writing."""
    with closing(sqlite3.connect(house.url.removeprefix("sqlite:///"), isolation_level=None, timeout=30)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.rollback()


@contextmanager
def locked_on_server(house: House) -> Iterator[None]:
    with closing(Database(house.url)) as database, database.transaction() as db:
        db.execute(text("LOCK TABLE members, seen, promises, intakes IN ACCESS EXCLUSIVE MODE"))
        yield


def test_in_the_middle_of_a_hundred(served: House, square: Square) -> None:
    """What is not counted still waits on the platform; what is counted may wait there too, and is known again."""
    life = served.starts_well()
    square.welcome()
    square.taps()
    stops_in_time(life)
    assert counted(served) + square.state["waiting"] >= PEOPLE
    counts_all_after_a_start(served)


def test_a_hundred_in_hand_are_stored_and_confirmed(served: House, square: Square) -> None:
    """Also if it is told twice."""
    life = served.starts_well()
    square.welcome()
    with locked(served):
        taken_in_hand(square)
        await_true(lambda: "intake waits for the database" in life.said(), "word of the lock")
        life.signal(15)
    if stops_in_time(life) < LAST_TAKE:  # on a very slow machine it is cut off before
        assert all_counted(served)
        assert square.state["waiting"] == 0
    counts_all_after_a_start(served)


def test_a_hundred_in_hand_and_the_database_is_locked_for_ever(served: House, square: Square) -> None:
    life = served.starts_well()
    square.welcome()
    with locked(served):
        taken_in_hand(square)
        stops_in_time(life)
    assert counted(served) == 0
    counts_all_after_a_start(served)


def test_a_hundred_in_hand_and_the_server_answers_no_more(
    bots: Zygote, tmp_path: Path, postgres_url: str, remote: Remote, square: Square
) -> None:
    """A thread that waits for a server cannot be ended; the process can."""
    house = House(bots, tmp_path / "house", url=postgres_url).on_telegram(remote)
    life = house.starts_well()
    square.welcome()
    with locked_on_server(house):
        taken_in_hand(square)
        stops_in_time(life)
    assert counted(house) == 0
    counts_all_after_a_start(house)


def test_before_it_was_ready(served: House) -> None:
    life = served.starts()
    assert life.terminate() in (OK, -15)  # the latter: before it was told what to do then
    assert served.starts_well().terminate() == OK
