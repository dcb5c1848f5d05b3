"""A bot that lives in a SQLite file moves to PostgreSQL, with all that it holds, or not at all."""

import os
import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, insert, inspect, select, text

from bot import cli
from bot.holding import held
from models import Base, EntryRow, GroupRow, SeenRow
from models.database import Database
from tests.support.histories import live
from tests.support.moot import START, Moot
from tests.support.rows import BEYOND, fill, sound
from tests.support.waiting import await_true

MANY = 15_000  # rows, so that copying them takes a while
AT_WORK = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'INSERT INTO seen%'"


def tables_in(url: str) -> list[str]:
    with closing(Database(url)) as database:
        return inspect(database.engine).get_table_names()


def ports(source: str, target: str) -> bool:
    return cli.main(["port", source, target]) == cli.OK


def count(url: str, query: str) -> int:
    with closing(Database(url)) as database, database.transaction() as db:
        return int(db.scalar(text(query)) or 0)


def test_a_living_bot_moves_and_goes_on(sqlite_house: str, postgres_url: str) -> None:
    with closing(Moot(sqlite_house)) as bot:
        live(bot, random.Random(6), steps=3)
        entries, last = len(bot.rows(EntryRow)), bot.row(GroupRow).last_number
        clock, events = bot.clock, bot.events
    assert ports(sqlite_house, postgres_url)
    with closing(Moot(postgres_url)) as bot:
        bot.events, at = events, clock.now() - bot.clock.now()
        bot.restart(seconds=at.total_seconds())
        assert len(bot.rows(EntryRow)) == entries
        bot.says("Anna", "/note We moved to a larger house")
        assert bot.row(GroupRow).last_number == last + 1
        bot.says("Ben", "/decisions larger house")
        assert f"D-{last + 1}" in bot.last().text


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 40))])
def test_every_row_of_every_table_arrives_as_it_was(
    sqlite_house: str, postgres_url: str, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also numbers beyond 32 bits, odd letters, and rows that name later ones."""
    fill(sqlite_house, random.Random(seed), rows=40)
    assert sound(sqlite_house)
    assert ports(sqlite_house, postgres_url)
    told = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in told[:-1]] == [*(table.name for table in Base.metadata.sorted_tables), "entry_words"]
    assert not [line for line in told[:-1] if " 0 rows" in line and not line.startswith("entry_words")]
    with closing(Database(postgres_url)) as database, database.transaction() as db:
        db.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        new = db.scalar(text("INSERT INTO people (created_at) VALUES (now()) RETURNING id"))
        assert new == BEYOND + 41


def test_killed_on_the_way_it_leaves_nothing_and_can_be_done_again(sqlite_house: str, postgres_url: str) -> None:
    with closing(Database(sqlite_house)) as database, database.transaction() as db:
        seen = {"platform": "telegram", "seen_at": START}
        db.execute(insert(SeenRow), [seen | {"event_id": f"update:{n}"} for n in range(MANY)])
    command = [sys.executable, "-m", "bot", "port", sqlite_house, postgres_url]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    await_true(lambda: count(postgres_url, AT_WORK) > 0, "copying")
    process.kill()
    process.wait()
    assert ports_once_it_is_gone(sqlite_house, postgres_url)
    assert count(postgres_url, "SELECT count(*) FROM seen") == MANY


def ports_once_it_is_gone(source: str, target: str) -> bool:
    """The server takes back what was begun as soon as it notices; nothing of it was ever to be seen."""
    assert tables_in(target) == []
    held_still = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    await_true(lambda: not count(target, held_still), "the end of what was begun")
    return ports(source, target)


def test_while_a_bot_runs_nothing_is_copied(sqlite_house: str, postgres_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Database(sqlite_house)) as database, held(database.engine):
        assert cli.main(["port", sqlite_house, postgres_url]) == cli.SECOND
    assert f"process {os.getpid()}" in capsys.readouterr().err
    assert tables_in(postgres_url) == []


def test_what_holds_anything_is_not_written_over(
    sqlite_house: str, postgres_house: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["port", sqlite_house, postgres_house]) == cli.DATABASE
    assert "Name an empty one" in capsys.readouterr().err
    assert count(postgres_house, str(select(func.count()).select_from(GroupRow))) == 0


def test_what_the_server_cannot_keep_is_named(sqlite_house: str, postgres_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Database(sqlite_house)) as database, database.transaction() as db:
        db.execute(text("INSERT INTO seen (platform, event_id, seen_at) VALUES ('x', 'a' || char(0), '2026-01-01 00:00:00')"))
    assert cli.main(["port", sqlite_house, postgres_url]) == cli.DATABASE
    assert "seen holds something" in capsys.readouterr().err
    assert tables_in(postgres_url) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("sqlite:////nowhere/at/all.sqlite", "postgresql://host/name"),
        ("postgresql://host/name", "postgresql://host/other"),
        ("{file}", "{file}"),
        ("nonsense", "postgresql://host/name"),
    ],
)
def test_addresses_of_another_kind(source: str, target: str, sqlite_house: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = [address.format(file=sqlite_house) for address in (source, target)]
    assert cli.main(["port", *asked]) in (cli.CONFIG, cli.DATABASE)
    assert "Traceback" not in capsys.readouterr().err


def test_a_file_of_another_version(tmp_path: Path, postgres_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    from migrations.upgrade import upgrade

    url = f"sqlite:///{tmp_path}/old.sqlite"
    with closing(Database(url)) as database:
        upgrade(database.engine, back_up=lambda: None, to="0005")
    assert cli.main(["port", url, postgres_url]) == cli.DATABASE
    assert "Start this Folkmoot on it once" in capsys.readouterr().err
