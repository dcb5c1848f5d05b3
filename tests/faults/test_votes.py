"""A vote whose process is killed at any of its statements: nothing of it is there, and it counts once when it comes again."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from models.database import Database
from tests.faults.busy import settle_in
from tests.support.dying import Dies, dying
from tests.support.moot import Moot

COUNTED = """
SELECT (SELECT count(*) FROM ballots), (SELECT count(*) FROM ballot_marks), voted, received, replaced,
    (SELECT count(*) FROM seen WHERE event_id = 'tap:77')
FROM polls WHERE id = 1
"""


@pytest.fixture(scope="module")
def dies() -> Iterator[Dies]:
    with dying() as process:
        yield process


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def lively(request: pytest.FixtureRequest, busy_template: Path, tmp_path: Path) -> str:
    """The URL of a house in which a poll is open, on either database."""
    if request.param == "sqlite":
        (tmp_path / "moot.sqlite").write_bytes(busy_template.read_bytes())
        return f"sqlite:///{tmp_path / 'moot.sqlite'}"
    url: str = request.getfixturevalue("postgres_house")
    with closing(Moot(url)) as bot:
        settle_in(bot)
    return url


def counted(url: str) -> tuple[int, ...]:
    """Ballots, marks, what the poll's head says, and whether the press is known."""
    with closing(Database(url, reading=True)) as database, database.transaction() as db:
        return tuple(db.execute(text(COUNTED)).one())


def killed_at(url: str, dies: Dies, every: int) -> int:
    """Its last statement."""
    statement = 1
    while dies("vote", url, statement):
        assert counted(url) in {(0, 0, 0, 0, 0, 0), (1, 1, 1, 1, 0, 1)}
        statement += every
    assert counted(url) == (1, 1, 1, 1, 0, 1)
    assert not dies("vote", url, 10_000)
    assert counted(url) == (1, 1, 1, 1, 0, 1)
    return statement


def test_killed_at_some_statements_of_a_vote(lively: str, dies: Dies) -> None:
    assert killed_at(lively, dies, 6) > 15


@pytest.mark.long
@pytest.mark.timeout(900)
def test_killed_at_each_statement_of_a_vote(lively: str, dies: Dies) -> None:
    assert killed_at(lively, dies, 1) > 15
