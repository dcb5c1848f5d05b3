"""A PostgreSQL database is put into parts by group, with all that it holds, or not at all; the bot goes on in it as before."""

import os
import random
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot import backups, cli
from bot.commons import exporting
from bot.holding import held
from bot.verifying import chain, contents
from migrations.parting import PARTED
from migrations.upgrade import upgrade
from models import Base, DeadLetterRow
from models.copying import Contents, TableShelf, found
from models.database import Database
from models.parting import parts_of
from tests.stories.test_polls_both_databases import PEOPLE, wait_until_wiped, whole_polls
from tests.support.booth import votes
from tests.support.dying import Dies, dying
from tests.support.histories import live
from tests.support.moot import Moot, enrol
from tests.support.rows import BEYOND, fill

IN_PARTS = "SELECT relname FROM pg_partitioned_table JOIN pg_class ON pg_class.oid = partrelid"
WRITTEN_ANEW = """SELECT 'parts.' || relname FROM pg_class
    WHERE relnamespace = 'parts'::regnamespace AND relkind = 'r' AND relfilenode <> oid"""
SAMPLED = "SELECT unnest(CAST(CAST(histogram_bounds AS TEXT) AS TEXT[])) FROM pg_stats WHERE inherited AND attname = 'id'"
WITHOUT_GROUP = """SELECT conname FROM pg_constraint WHERE CAST(conrelid::regclass AS TEXT) IN {tables}
    AND (contype = 'p' OR confrelid IN ('polls'::regclass, 'members'::regclass, 'rounds'::regclass, 'electorates'::regclass))
    AND NOT conkey && ARRAY(SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = 'group_id')"""
SOME = 90  # statements, from one death to the next


@pytest.fixture(scope="module")
def dies() -> Iterator[Dies]:
    with dying() as process:
        yield process


def puts_into_parts(url: str, *more: str) -> int:
    return cli.main(["partition", url, *more])


def asked(url: str, query: str) -> set[Any]:
    with closing(Database(url)) as database, database.transaction() as db:
        return set(db.scalars(text(query)))


def held_in(url: str) -> list[Contents]:
    """All that any table holds."""
    with closing(Database(url)) as database, database.engine.connect() as connection:
        return [found(TableShelf(table), connection) for table in Base.metadata.sorted_tables]


def test_a_living_bot_goes_on_in_parts(postgres_house: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Moot(postgres_house)) as bot:
        whole_polls(bot)
        clock, events = bot.clock, bot.events
    before = held_in(postgres_house)
    assert puts_into_parts(postgres_house) == cli.OK
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()[:-1]] == list(PARTED)
    assert asked(postgres_house, IN_PARTS) == set(PARTED)
    assert held_in(postgres_house) == before
    with closing(Moot(postgres_house)) as bot:
        bot.events = events
        bot.restart(seconds=(clock.now() - bot.clock.now()).total_seconds())
        goes_on(bot)
    copy = tmp_path / "copy.sqlite"
    backups.copy_server(make_url(postgres_house), copy)
    assert held_in(f"sqlite:///{copy}") == held_in(postgres_house)


def goes_on(bot: Moot) -> None:
    """With all kinds of things; the register holds as a whole, what is in it is found, and nothing has failed."""
    live(bot, random.Random(7), steps=0)
    bot.says("Anna", "/note The key hangs in the shed")
    bot.says("Ben", "/decisions shed")
    assert "The key hangs" in bot.last().text
    with bot.database.transaction() as db:
        lines = list(exporting.lines(db, 1, personal=True))
    contents.check(chain.read(lines, None).entries)
    assert bot.rows(DeadLetterRow) == []


def test_a_secret_box_is_wiped_in_the_part_where_it_was(postgres_house: str) -> None:
    assert puts_into_parts(postgres_house, "--parts", "4") == cli.OK
    with closing(Moot(postgres_house)) as bot:
        enrol(bot, *PEOPLE)
        bot.says("Anna", "/poll Who? | Ira | Jo | secret")
        for name in PEOPLE:
            votes(bot, name, "Ira")
        bot.change("ANALYZE secret_ballots")  # somebody has the server look through it as a whole
        bot.says("Anna", "/close")
        wait_until_wiped(bot)
        with bot.database.transaction() as db:
            assert set(db.scalars(text(WRITTEN_ANEW))) == set(parts_of(db, ("ballots", "secret_ballots"), 1))
            assert list(db.scalars(text(SAMPLED))) == [f"{n:06}" for n in range(1, 7)]
            assert len(set(db.scalars(text("SELECT xmin::text FROM secret_ballots UNION SELECT xmin::text FROM ballots")))) == 1


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 20))])
def test_every_row_of_every_table_stays_as_it_was(sqlite_house: str, postgres_url: str, seed: int) -> None:
    """However odd; all of one group."""
    fill(sqlite_house, random.Random(seed), rows=1)
    assert cli.main(["port", sqlite_house, postgres_url]) == cli.OK
    before = held_in(postgres_url)
    assert puts_into_parts(postgres_url, "--parts", "2") == cli.OK
    assert held_in(postgres_url) == before
    made = "INSERT INTO stance_changes (group_id, round_id, member_id, stance, taken_at) SELECT 1, round_id, member_id, '', now() "
    assert asked(postgres_url, f"{made} FROM stance_changes RETURNING id") == {BEYOND + 2}


def test_what_names_a_row_of_another_group_is_refused(
    sqlite_house: str, postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(sqlite_house, random.Random(1), rows=9)
    assert cli.main(["port", sqlite_house, postgres_url]) == cli.OK
    before = held_in(postgres_url)
    assert puts_into_parts(postgres_url) == cli.DATABASE
    assert "of another group" in capsys.readouterr().err
    assert asked(postgres_url, IN_PARTS) == set()
    assert held_in(postgres_url) == before


def killed_at(url: str, dies: Dies, every: int) -> int:
    """How often it was killed, until it came to its end."""
    with closing(Moot(url)) as bot:
        whole_polls(bot)
    before = held_in(url)
    for death in count():
        killed = dies("partition", url, 1 + death * every)
        assert held_in(url) == before
        if not killed:
            break
        assert asked(url, IN_PARTS) == set()
    assert asked(url, IN_PARTS) == set(PARTED)
    return death


def test_killed_on_the_way_it_leaves_nothing_and_can_be_done_again(postgres_house: str, dies: Dies) -> None:
    assert killed_at(postgres_house, dies, SOME) > 2


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_killed_at_every_statement(postgres_house: str, dies: Dies) -> None:
    assert killed_at(postgres_house, dies, 1) > 100


def test_what_is_in_parts_stays_as_it_is(postgres_house: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert puts_into_parts(postgres_house, "--parts", "2") == puts_into_parts(postgres_house, "--parts", "3") == cli.OK
    assert capsys.readouterr().out.endswith("It is in parts already; nothing was changed.\n")
    assert len(asked(postgres_house, "SELECT inhrelid::text FROM pg_inherits WHERE inhparent = 'ballots'::regclass")) == 2


def test_keys_take_the_group_in_although_tables_stay_whole(postgres_house: str) -> None:
    """As who spreads them over several servers needs it; it can be done again, and parts can follow."""
    with closing(Moot(postgres_house)) as bot:
        whole_polls(bot)
    before = held_in(postgres_house)
    assert asked(postgres_house, WITHOUT_GROUP.format(tables=PARTED))
    for parts in ("1", "1", "2"):
        assert puts_into_parts(postgres_house, "--parts", parts) == cli.OK
        assert held_in(postgres_house) == before
        assert asked(postgres_house, IN_PARTS) == (set() if parts == "1" else set(PARTED))
        assert asked(postgres_house, WITHOUT_GROUP.format(tables=PARTED)) == set()


def test_while_a_bot_runs_nothing_is_put_into_parts(postgres_house: str, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Database(postgres_house)) as database, held(database.engine):
        assert puts_into_parts(postgres_house) == cli.SECOND
    assert f"process {os.getpid()}" in capsys.readouterr().err
    assert asked(postgres_house, IN_PARTS) == set()


def test_what_cannot_be_put_into_parts_is_said(sqlite_house: str, postgres_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Database(postgres_url)) as database:
        upgrade(database.engine, back_up=lambda: None, to="0039")
    assert puts_into_parts(postgres_url) == cli.DATABASE
    assert puts_into_parts(postgres_url, "--parts", "0") == puts_into_parts(sqlite_house) == cli.CONFIG
    assert puts_into_parts("nonsense") in (cli.CONFIG, cli.DATABASE)
    assert "Traceback" not in capsys.readouterr().err
