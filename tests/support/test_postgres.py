"""The PostgreSQL that tests use: apart for each test, alike by template, and gone with its last user."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError

from tests.support.postgres import Postgres, shared
from tests.support.waiting import await_true

USE_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from tests.support.postgres import shared
with shared(Path(sys.argv[1])) as server:
    print(server.folder, flush=True)
    time.sleep(600)
"""


def engine_at(url: str) -> Engine:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE votes (stance text)"))
        connection.execute(text("INSERT INTO votes VALUES ('consent')"))
    return engine


def votes(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return list(connection.execute(text("SELECT stance FROM votes")).scalars())
    finally:
        engine.dispose()


def test_each_test_has_a_database_of_its_own(postgres: Postgres, postgres_url: str) -> None:
    engine_at(postgres_url).dispose()
    with postgres.database() as other, pytest.raises(ProgrammingError):
        votes(other)
    assert votes(postgres_url) == ["consent"]


def test_a_template_is_copied_and_not_shared(postgres: Postgres, postgres_url: str) -> None:
    engine_at(postgres_url).dispose()
    with postgres.database(template=postgres_url) as copy:
        engine = create_engine(copy)
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM votes"))
        engine.dispose()
        assert (votes(copy), votes(postgres_url)) == ([], ["consent"])


def test_a_database_is_dropped_although_somebody_is_connected(postgres: Postgres) -> None:
    with postgres.database() as url:
        engine = engine_at(url)
        open_still = engine.connect()
    open_still.invalidate()
    engine.dispose()
    with postgres.connected() as connection:
        names = [name for (name,) in connection.execute("SELECT datname FROM pg_database")]
    assert url.partition("@/")[2].partition("?")[0] not in names


def test_nothing_listens_but_the_socket(postgres: Postgres) -> None:
    with postgres.connected() as connection:
        assert connection.execute("SHOW listen_addresses").fetchall() == [("",)]
    assert len(str(postgres.folder / ".s.PGSQL.5432")) < 100


def test_the_server_outlives_its_first_user_and_ends_with_its_last_even_when_killed(tmp_path: Path) -> None:
    lock = tmp_path / "users"
    with shared(lock) as first:
        other = subprocess.Popen([sys.executable, "-c", USE_UNTIL_KILLED, str(lock)], stdout=subprocess.PIPE, text=True)
        assert said_by(other) == str(first.folder)
    first.connected().close()
    other.kill()
    other.communicate()
    await_true(lambda: not first.folder.exists(), "the end of the server")


def said_by(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()
