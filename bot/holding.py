"""One bot on one database, and one with one account: locks that name their holder and that a crash lets go of."""

import contextlib
import hashlib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

LOCK_KEY = 0x466F6C6B  # "Folk"


class Held(Exception):
    """Another process has it; `holder` says which, as far as is known. `platform`: of the account, if it is one."""

    def __init__(self, holder: str, platform: str = "") -> None:
        super().__init__()
        self.holder, self.platform = holder, platform


@contextmanager
def held(engine: Engine) -> Iterator[None]:
    """Hold the database for as long as the block lasts. Raises Held."""
    keep = held_file if engine.dialect.name == "sqlite" else held_server
    with keep(engine):
        yield


def lock_path(url: str) -> Path:
    return Path(f"{make_url(url).database}.lock")


def being_made(url: str) -> Path:
    """Stands beside a SQLite file from before its first moment until it is furnished."""
    return Path(f"{make_url(url).database}.new")


def was_there(url: str) -> bool:
    """Whether a SQLite file of that name was ever furnished; a first start that was cut off leaves none."""
    return lock_path(url).exists() and not being_made(url).exists()


@contextmanager
def held_file(engine: Engine) -> Iterator[None]:
    with lock_path(str(engine.url)).open("a+") as file:
        hold(file)
        yield


@contextmanager
def held_account(folder: Path, platform: str, account: str) -> Iterator[None]:
    """Keep other processes on this machine from listening with the same account, whatever their database. Raises Held."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):  # a folder that cannot be written to guards nothing, and stops nobody
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            name = hashlib.sha256(account.encode()).hexdigest()[:16]
            hold(stack.enter_context((folder / f"{platform}-{name}.lock").open("a+")), platform)
        yield


def hold(file: IO[str], platform: str = "") -> None:
    """Lock the file and write into it who we are. Raises Held."""
    import fcntl  # not on every system; deployments are on those that have it

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        raise Held(file.read().strip() or "another process", platform) from None
    file.truncate(0)
    file.write(me())
    file.flush()


def me() -> str:
    return f"process {os.getpid()} on {socket.gethostname()}"


@contextmanager
def held_server(engine: Engine) -> Iterator[None]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK_KEY}):
            raise Held(holder_on_server(connection.engine))
        connection.execute(text("SELECT set_config('application_name', :name, false)"), {"name": f"folkmoot, {me()}"})
        yield


def holder_on_server(engine: Engine) -> str:
    query = text(
        "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) "
        "WHERE locktype = 'advisory' AND objid = :key AND granted LIMIT 1"
    )
    with engine.connect() as connection:
        return connection.scalar(query, {"key": LOCK_KEY}) or "another process"
