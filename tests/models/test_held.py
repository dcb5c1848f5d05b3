"""Writes that are held back: nobody who asks the database can tell."""

from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.orm import Session

from models import SeenRow
from models.database import Database
from models.held import hold
from models.traffic import writes, written

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def database(house: str) -> Iterator[Database]:
    with closing(Database(house)) as made:
        yield made


def hold_one(db: Session, name: str) -> None:
    def write(connection: Connection) -> None:
        connection.execute(insert(SeenRow), [{"platform": "terminal", "event_id": name, "seen_at": NOON}])

    hold(db, "seen", name, write)


def known(db: Session) -> int:
    return db.scalar(select(func.count()).select_from(SeenRow)) or 0


def kept(database: Database) -> int:
    with database.transaction() as db:
        return known(db)


def test_whoever_asks_finds_what_was_held(database: Database) -> None:
    with database.transaction() as db:
        hold_one(db, "1")
        hold_one(db, "2")
        assert known(db) == 2


def test_it_is_written_though_nothing_is_asked_any_more(database: Database) -> None:
    with database.transaction() as db:
        hold_one(db, "1")
    assert kept(database) == 1


def test_it_counts_as_written_from_the_start_and_once(database: Database) -> None:
    with database.transaction() as db:
        before = writes(db)
        hold_one(db, "1")
        assert (writes(db), writes(db, "seen"), writes(db, "boards")) == (before + 1, 1, 0)
        assert known(db) == 1
        assert writes(db) == before + 1
        assert written(db) == {"seen"}
    assert "seen" in database.traffic.taken()


def test_a_savepoint_takes_along_only_what_was_held_in_it(database: Database) -> None:
    with database.transaction() as db:
        hold_one(db, "before")
        with suppress(ZeroDivisionError), db.begin_nested():
            hold_one(db, "in it")
            raise ZeroDivisionError
        with db.begin_nested():
            hold_one(db, "in another")
    with database.transaction() as db:
        assert set(db.scalars(select(SeenRow.event_id))) == {"before", "in another"}


def test_nothing_stays_of_a_transaction_that_is_given_up(database: Database) -> None:
    with suppress(ZeroDivisionError), database.transaction() as db:
        hold_one(db, "1")
        raise ZeroDivisionError
    assert kept(database) == 0


def test_one_that_cannot_be_written_undoes_all(database: Database) -> None:
    """As any other statement would: the others of its transaction do not stand without it."""

    def work(db: Session) -> None:
        db.add(SeenRow(platform="terminal", event_id="1", seen_at=NOON))
        hold(db, "seen", "fails", fail)

    with pytest.raises(ValueError, match="no"):
        database.transact(work)
    assert kept(database) == 0


def fail(_: Connection) -> None:
    raise ValueError("no")
