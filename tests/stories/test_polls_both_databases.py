"""The same ballots have the same winner on both databases; a secret box forgets on both."""

from contextlib import ExitStack, closing

import pytest
from sqlalchemy import text

from models import PollRow, SecretBallotRow
from tests.stories.test_polls import result
from tests.support.booth import votes
from tests.support.moot import Moot, all_tap, enrol

PEOPLE = ("Anna", "Ben", "Cleo", "Dana", "Eli", "Fay")


def whole_polls(bot: Moot) -> list[str]:
    """All that stands in the room in the end: a ranked poll with a tie, dots, and a secret one."""
    enrol(bot, *PEOPLE)
    bot.says("Anna", "/poll Where? | Park | Library | Mill | method: ranked")
    for name, ballot in zip(PEOPLE, ("1 > 2", "2 > 3", "3 > 1", "1", "2", "3"), strict=True):
        bot.says(name, f"/vote D-1 {ballot}")
    bot.says("Anna", "/close")
    bot.says("Anna", "/poll Budget? | Roof | Door | points 2")
    all_tap(bot, PEOPLE[:3], "Roof")
    bot.says("Anna", "/close")
    bot.says("Anna", "/poll Who? | Ira | Jo | secret")
    for name in PEOPLE:
        votes(bot, name, "Jo", poll=3)
    bot.says("Anna", "/close")
    bot.settle()
    return bot.shows()


def test_one_seed_has_one_outcome_on_both_databases(sqlite_house: str, postgres_house: str) -> None:
    with ExitStack() as stack:
        bots = [stack.enter_context(closing(Moot(url, seed="one"))) for url in (sqlite_house, postgres_house)]
        on_sqlite, on_postgres = map(whole_polls, bots)
    assert on_sqlite == on_postgres


def test_postgres_keeps_no_row_that_was_cast(postgres_house: str) -> None:
    """Each transaction marks its rows; after the close all rows of a poll were written by one, and no old one is left."""
    with closing(Moot(postgres_house)) as bot:
        enrol(bot, *PEOPLE)
        bot.says("Anna", "/poll Who? | Ira | Jo | secret")
        for n, name in enumerate(PEOPLE):
            votes(bot, name, ("Ira", "Jo")[n % 2])
        assert len(writers(bot)) == len(PEOPLE), "while it is open, a voter's row and a ballot know each other by their writer"
        bot.says("Anna", "/close")
        assert "3\n" in result(bot)
        wait_until_wiped(bot)
        assert len(writers(bot)) == 1
        assert [row.id for row in bot.rows(SecretBallotRow)] == [f"{n:06}" for n in range(1, 7)]
        assert pages(bot) == {8192}
        assert places(bot) == [f"(0,{n})" for n in range(1, 7)]


@pytest.mark.parametrize("reads", ["polls", "secret_ballots"])
def test_rows_that_somebody_may_still_read_are_wiped_when_they_are_done(postgres_house: str, reads: str) -> None:
    """PostgreSQL keeps dead rows, or a whole table, for whoever began before they died (a backup): the box is not wiped yet."""
    with closing(Moot(postgres_house)) as bot, bot.database.engine.connect() as backup:
        enrol(bot, *PEOPLE)
        bot.says("Anna", "/poll Who? | Ira | Jo | secret")
        for name in PEOPLE:
            votes(bot, name, "Ira")
        backup.execution_options(isolation_level="REPEATABLE READ").execute(text(f"SELECT 1 FROM {reads}"))
        bot.says("Anna", "/close")
        bot.settle()
        assert bot.row(PollRow).to_wipe
        backup.rollback()
        wait_until_wiped(bot)
        assert places(bot) == [f"(0,{n})" for n in range(1, 7)]


def wait_until_wiped(bot: Moot) -> None:
    """Somebody in another database of this server, who is just connecting, can hold it up for a moment."""
    for _ in range(100):
        if not bot.row(PollRow).to_wipe:
            return
        bot.settle()
    raise AssertionError("the box was not wiped")


def writers(bot: Moot) -> set[str]:
    with bot.database.transaction() as db:
        return set(db.scalars(text("SELECT xmin::text FROM secret_ballots UNION SELECT xmin::text FROM ballots")))


def pages(bot: Moot) -> set[int]:
    """The sizes of the tables: a page each, whatever there was before."""
    with bot.database.transaction() as db:
        return set(db.scalars(text("SELECT pg_relation_size(name) FROM unnest(ARRAY['ballots', 'secret_ballots']) AS name")))


def places(bot: Moot) -> list[str]:
    """Where on the page the ballots lie: from its beginning, so nothing lies before them."""
    with bot.database.transaction() as db:
        return list(db.scalars(text("SELECT ctid::text FROM secret_ballots ORDER BY id")))
