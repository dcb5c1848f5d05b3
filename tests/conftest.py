"""What all tests share: real databases of both kinds, and properties that are the same at each run."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.moot import furnish
from tests.support.postgres import Postgres, postgres, postgres_url

__all__ = ["postgres", "postgres_url"]

settings.register_profile(
    "house", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("house")
os.umask(0o077)  # as the bot itself: files with secrets in them that others may read are refused


@pytest.fixture(autouse=True)
def closed_to_others() -> None:
    """Whatever the test before left: a command whose files are for everybody changes it for the whole process."""
    os.umask(0o077)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty house in a SQLite file, to be copied."""
    file = tmp_path_factory.mktemp("template") / "house.sqlite"
    furnish(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_house(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a SQLite database with today's schema, of this test's own."""
    file = tmp_path / "moot.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{file}"


@pytest.fixture(scope="module")
def lasting_house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same for all tests of a module that change nothing."""
    file = tmp_path_factory.mktemp("lasting") / "moot.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> Iterator[str]:
    with postgres.database() as url:
        furnish(url)
        yield url


@pytest.fixture
def postgres_house(postgres: Postgres, postgres_template: str) -> Iterator[str]:
    """The URL of a PostgreSQL database with today's schema, of this test's own."""
    with postgres.database(template=postgres_template) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest) -> str:
    """Both kinds of database, one after the other."""
    made: str = request.getfixturevalue("sqlite_house" if request.param == "sqlite" else "postgres_house")
    return made


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def either_house(request: pytest.FixtureRequest) -> str:
    """SQLite in each run, and PostgreSQL as well in the long one: for stories whose like is told on both in each run."""
    made: str = request.getfixturevalue("sqlite_house" if request.param == "sqlite" else "postgres_house")
    return made


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Figures that tests have to tell."""
    for report in [*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ())]:
        for name, value in report.user_properties if report.when == "call" else ():
            if name == "figures":
                terminalreporter.write_line(f"{report.nodeid}: {value}")
