"""One bot on one database, and one with one account: locks that name their holder and that a crash lets go of."""

import contextlib
import hashlib
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url

LOCK_KEY = 0x466F6C6B  # "Folk"
SHORT_TRIES, SHORT_PAUSE = 20, 0.1  # how often, and how many seconds between, another process is given to write its mark
TRIES, PAUSE = 300, 0.2  # how often, and how many seconds between, where another process may just be upgrading


class Held(Exception):
    """Another process has it; `holder` says which, as far as is known. `platform`: of the account, if it is one."""

    def __init__(self, holder: str, platform: str = "") -> None:
        super().__init__()
        self.holder, self.platform = holder, platform


@contextmanager
def held(engine: Engine, shared_once: Callable[[], bool] | None = None) -> Iterator[Callable[[], None]]:
    """Hold the database for as long as the block lasts. Raises Held.

    `shared_once`: together with others who share it, once this holds; until then alone. What is yielded lets the others in.
    """
    if engine.dialect.name == "sqlite":
        with held_file(engine):
            yield lambda: None
    else:
        with held_server(engine, shared_once) as let_in:
            yield let_in


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
def held_account(folder: Path, platform: str, account: str, shared_on: str = "") -> Iterator[None]:
    """Keep other processes on this machine from listening with the same account, whatever their database. Raises Held.

    `shared_on`: the address of a database whose processes share the account.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):  # a folder that cannot be written to guards nothing, and stops nobody
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            name = hashlib.sha256(account.encode()).hexdigest()[:16]
            file = stack.enter_context((folder / f"{platform}-{name}.lock").open("a+"))
            hold(file, platform, hashlib.sha256(shared_on.encode()).hexdigest() if shared_on else "")
        yield


def hold(file: IO[str], platform: str = "", mark: str = "") -> None:
    """Lock the file and write into it who we are; who has the same mark may hold it as well. Raises Held."""
    for _ in range(SHORT_TRIES if mark else 1):
        if held_alone(file, mark) or (mark and held_too(file, mark)):
            return
        threading.Event().wait(SHORT_PAUSE if mark else 0)  # whoever has it may be about to write its mark
    raise Held(said(file)[0] or "another process", platform)


def held_alone(file: IO[str], mark: str) -> bool:
    """Alone at least until our mark stands there."""
    import fcntl  # not on every system; deployments are on those that have it

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    file.truncate(0)
    file.write(f"{me()}\n{mark}".strip())
    file.flush()
    if mark:
        fcntl.flock(file, fcntl.LOCK_SH)
    return True


def held_too(file: IO[str], mark: str) -> bool:
    """As one of several."""
    import fcntl

    with contextlib.suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if said(file)[1] == mark:
            return True
        fcntl.flock(file, fcntl.LOCK_UN)
    return False


def said(file: IO[str]) -> tuple[str, str]:
    """Who holds it, and the mark of those who may hold it, too."""
    file.seek(0)
    holder, _, mark = file.read().strip().partition("\n")
    return holder, mark


def me() -> str:
    return f"process {os.getpid()} on {socket.gethostname()}"


@contextmanager
def held_server(engine: Engine, shared_once: Callable[[], bool] | None) -> Iterator[Callable[[], None]]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _ in range(1 if shared_once is None else TRIES):
            if lock(connection, alone=shared_once is None or not shared_once()):
                break
            threading.Event().wait(PAUSE)
        else:
            raise Held(holder_on_server(connection.engine))
        connection.execute(text("SELECT set_config('application_name', :name, false)"), {"name": f"folkmoot, {me()}"})
        yield lambda: let_in(connection)


def lock(connection: Connection, alone: bool) -> bool:
    how = "pg_try_advisory_lock" if alone else "pg_try_advisory_lock_shared"
    return bool(connection.scalar(text(f"SELECT {how}(:key)"), {"key": LOCK_KEY}))


def let_in(connection: Connection) -> None:
    """From holding it alone to sharing it."""
    lock(connection, alone=False)
    connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": LOCK_KEY})


def holder_on_server(engine: Engine) -> str:
    query = text(
        "SELECT string_agg(DISTINCT application_name, '; ') FROM pg_locks JOIN pg_stat_activity USING (pid) "
        "WHERE locktype = 'advisory' AND objid = :key AND granted"
    )
    with engine.connect() as connection:
        return connection.scalar(query, {"key": LOCK_KEY}) or "another process"
