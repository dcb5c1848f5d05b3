"""What lies ahead is known after each intake as if everything had been asked, though little is."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.chat import incoming as said
from bot.routing.horizon import Horizon
from tests.support.moot import START, Moot, enrol
from tests.support.seats import seat

SAID = (
    "/role treasurer term 90 days",
    "/propose We buy a dishwasher",
    "/poll When? | Monday | Friday",
    "/draw facilitator",
    "/mandate Ben cook for 2 weeks",
    "/nominate archivist",
    "/council noise seats 2",
    "/recall Anna treasurer because nothing is paid",
    "/meeting start the rent",
    "/settings digest daily 9",
    "/settings balance monthly",
    "/note the rent is 300",
    "/object 1 it is too loud",
    "/extend 1 2 days",
    "/resign treasurer",
    "/bulletin",
    "/meeting end",
    "/withdraw 1",
    "/close 2",
    "/leave",
)


def all_ahead(bot: Moot) -> Horizon:
    fresh = Horizon()
    bot.database.transact(fresh.look, bot.app.routes.sweeps)
    return fresh


def asked(bot: Moot, work: Callable[[], object]) -> list[str]:
    """The statements that this takes."""
    statements: list[str] = []

    def note(connection: Connection, cursor: object, statement: str, parameters: object, context: object, many: bool) -> None:
        statements.append(statement)

    event.listen(bot.database.engine, "before_cursor_execute", note)
    work()
    event.remove(bot.database.engine, "before_cursor_execute", note)
    return statements


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with closing(Moot(sqlite_house, digest=("daily", 18))) as made:
        enrol(made, "Anna", "Ben", "Cem")
        yield made


def test_whatever_is_said_what_lies_ahead_is_as_if_all_had_been_asked(bot: Moot) -> None:
    seat(bot, "Anna", "treasurer")
    seen = set()
    for words in SAID:
        bot.says("Anna", words)
        ahead = all_ahead(bot)
        assert (bot.app.horizon.ahead, bot.app.horizon.next_due) == (ahead.ahead, ahead.next_due), words
        seen |= {name for name, at in ahead.ahead.items() if at is not None}
    assert len(seen) >= 12, seen


def test_what_was_written_by_others_meanwhile_is_noticed(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher")

    def sooner(db: Session) -> None:
        db.connection().exec_driver_sql("UPDATE rounds SET wakes_at = '2026-11-21 12:00:07.000000'")

    bot.database.transact(sooner)
    bot.says("Anna", "/help")
    assert bot.app.horizon.next_due == all_ahead(bot).next_due
    assert bot.app.horizon.next_due == START + timedelta(seconds=7)


@pytest.fixture
def locked(bot: Moot) -> Iterator[sqlite3.Connection]:
    """Somebody else writes, and goes on writing; nobody waits for them."""
    bot.database.engine.dispose()
    event.listen(bot.database.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=0"))
    with closing(sqlite3.connect(bot.database.url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def test_a_database_that_does_not_answer_is_asked_once_and_nothing_is_forgotten(bot: Moot, locked: sqlite3.Connection) -> None:
    """Where each sweep waited for it in turn, intake waited for them all."""
    horizon, sweeps = bot.app.horizon, bot.app.routes.sweeps
    before = dict(horizon.ahead)

    def look() -> None:
        with pytest.raises(OperationalError):
            bot.database.transact(horizon.look, sweeps)

    assert asked(bot, look) == ["BEGIN IMMEDIATE"]
    assert asked(bot, lambda: bot.run(bot.app.sweeper.sweep())) == ["BEGIN IMMEDIATE"]
    assert horizon.ahead == before
    locked.rollback()
    bot.run(bot.app.sweeper.sweep())
    assert all_ahead(bot).ahead == horizon.ahead


def test_a_press_asks_little(bot: Moot) -> None:
    bot.says("Anna", "/poll When? | Monday | Friday")
    bot.taps("Anna", "Monday")
    press = said.ButtonTapped(bot.origin("Anna"), bot.button("Friday"))
    statements = asked(bot, lambda: bot.hear(bot.received(press)))
    assert sum("min(" in statement for statement in statements) == 1
    assert len(statements) <= 30
