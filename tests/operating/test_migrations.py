"""Upgrades from every revision there has been, killed at every statement: the old rows stand, all of them, then and afterwards."""

from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from migrations.upgrade import check_file, head, revision, revisions, upgrade
from models.database import Database
from tests.support.dying import Dies, dying
from tests.support.filling import Content, content, fill
from tests.support.postgres import Postgres

FIRST = "0001"
TRIED = {FIRST, "0017", revisions()[-1]}
AT = [each if each in TRIED else pytest.param(each, marks=pytest.mark.long) for each in revisions()]
SOME = 60  # statements, from one death to the next


@pytest.fixture(scope="module")
def dies() -> Iterator[Dies]:
    with dying() as process:
        yield process


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/old.sqlite"
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        with postgres.database() as url:
            yield url


def filled(url: str, at: str) -> Content:
    """A database of that revision, with rows in every table."""
    with closing(Database(url)) as database:
        upgrade(database.engine, back_up=lambda: None, to=at)
        with database.engine.connect() as connection, connection.begin():
            return fill(connection)


def now_in(url: str, like: Content) -> Content:
    with closing(Database(url)) as database, database.engine.connect() as connection:
        return content(connection, like)


def upgraded(url: str) -> None:
    with closing(Database(url)) as database:
        upgrade(database.engine, back_up=lambda: None)
        assert revision(database.engine) == head()


def is_old(url: str, at: str) -> bool:
    with closing(Database(url)) as database:
        return revision(database.engine) == at


def killed_at(url: str, dies: Dies, every: int) -> int:
    """How often it was killed, until it came to its end."""
    before = filled(url, FIRST)
    for death in count():
        if not dies("migrate", url, 1 + death * every):
            break
        if url.startswith("sqlite"):
            check_file(Path(url.removeprefix("sqlite:///")))
        assert is_old(url, FIRST)
        assert now_in(url, before) == before
    assert not is_old(url, FIRST)
    assert now_in(url, before) == before
    return death


def test_an_upgrade_that_is_killed_leaves_the_old_and_is_done_again(empty: str, dies: Dies) -> None:
    assert killed_at(empty, dies, SOME) > 3


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_an_upgrade_that_is_killed_at_every_statement(empty: str, dies: Dies) -> None:
    assert killed_at(empty, dies, 1) > 200


@pytest.mark.parametrize("at", AT)
def test_every_row_of_every_table_comes_along(empty: str, at: str) -> None:
    before = filled(empty, at)
    upgraded(empty)
    assert now_in(empty, before) == before


def test_a_ballot_gets_the_group_of_its_poll(empty: str) -> None:
    filled(empty, "0039")
    upgraded(empty)
    with closing(Database(empty)) as database, database.engine.connect() as connection:
        for table in ("ballot_marks", "secret_ballots", "secret_drafts"):
            told = connection.exec_driver_sql(
                f"SELECT answers.group_id, polls.group_id FROM {table} AS answers JOIN polls ON poll_id = polls.id"
            )
            assert sorted(map(tuple, told)) == [(1, 1), (2, 2)]
