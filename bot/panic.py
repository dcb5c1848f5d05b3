"""`folkmoot panic`: all that this machine keeps of people, groups and keys is wiped, after one typed confirmation."""

import os
import re
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot import backups
from bot.holding import held, lock_path
from bot.running import FAULT, OK, configured, report, tell
from bot.settings import MatrixSettings, Settings, data_dir, holds_secret, read_toml
from models.database import Database, drop_all, engine_for, let_go

WORD = "wipe everything"
ASKED = 'To go on, type "{word}": '
ENDINGS = ("", "-wal", "-shm", "-journal", ".lock", ".new")
LEFT = """What this cannot wipe:
- what stands in chats and on people's phones, at Telegram, and on Matrix homeservers;
- old contents of solid-state disks and of snapshots, and backups that were taken elsewhere;
- files that were exported, published or handed out; what is in the environment, in a service manager or in its log;
- on PostgreSQL the server's own log of changes and its backups.
Make the keys worthless, too: @BotFather, /revoke; on Matrix, log out all devices of the bot's account and change its password.
"""


def panic(config: Path | None, typed: Callable[[str], str] = input) -> int:
    def work() -> int:
        path, settings = configured(config)
        doomed = list(dict.fromkeys(files_of(path, settings)))
        sys.stdout.write("".join(f"{each}\n" for each in named(settings, doomed)))
        if typed(ASKED.format(word=WORD)).strip().casefold() != WORD:
            return tell(FAULT, "Nothing was wiped.")
        end_bot(settings)
        with let_go(engine_for(settings.database.url)) as engine, held(engine):
            failed = [*wipe_server(settings), *(str(each) for each in doomed if not wiped(each))]
        sys.stdout.write(LEFT)
        return tell(FAULT, f"These could not be wiped: {', '.join(failed)}.") if failed else OK

    os.umask(0o077)
    return report(work)


def end_bot(settings: Settings) -> None:
    """A bot that runs on the same file is ended at once. Elsewhere it has to be stopped first: then Held is raised later."""
    place = lock_path(settings.database.url)
    if settings.database.file is None or not place.exists():
        return
    import fcntl  # not on every system

    with place.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if pid := holder_here(place.read_text("utf-8", "replace")):
                os.kill(pid, signal.SIGKILL)
                fcntl.flock(lock, fcntl.LOCK_EX)  # until it is gone


def holder_here(said: str) -> int | None:
    """Of a lock's words, the process, if it is one of this machine's."""
    found = re.fullmatch(r"process (\d+) on (.+)", said.partition("\n")[0].strip())
    return int(found[1]) if found and found[2] == socket.gethostname() else None


def named(settings: Settings, doomed: list[Path]) -> Iterator[str]:
    yield "This wipes, for good:"
    if settings.database.file is None:
        yield "  all tables of the PostgreSQL database that [database] url names"
    yield from (f"  {each}" for each in doomed)


def files_of(path: Path, settings: Settings) -> Iterator[Path]:
    """Those that exist: secrets first, because they are what others could use."""
    yield from (file for file in secret_files(path, settings) if file.exists())
    folder = backups.folder_of(settings.database)
    if folder.is_dir():
        yield from sorted(each for each in folder.iterdir() if each.name.startswith(("folkmoot-", "replaced-")))
    if (place := settings.database.file) is not None:
        yield from (each for end in ENDINGS if (each := place.with_name(place.name + end)).exists())
        yield from sorted(place.parent.glob(f"{place.name}.replaced-*"))
    if (accounts := data_dir() / "accounts").is_dir():
        yield accounts


def secret_files(path: Path, settings: Settings) -> Iterator[Path]:
    if path.exists() and any(holds_secret(name, table) for name, table in read_toml(path).items()):
        yield path
    for told in settings.accounts.values():
        if isinstance(told, MatrixSettings):
            named = [told.password_file, told.store_dir]
        else:
            named = [told.token_file, told.webhook_secret_file]
        yield from (Path(each).expanduser() for each in named if each)


def wiped(place: Path) -> bool:
    """Written over once, then gone; a folder with all that is in it."""
    try:
        for file in sorted(place.rglob("*")) if place.is_dir() and not place.is_symlink() else [place]:
            if file.is_file() and not file.is_symlink():
                overwrite(file)
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
    except OSError:
        return False
    return not place.exists()


def overwrite(file: Path) -> None:
    with file.open("r+b") as content:
        left = file.stat().st_size
        while left > 0:
            left -= content.write(bytes(min(left, 2**20)))
        content.flush()
        os.fsync(content.fileno())


def wipe_server(settings: Settings) -> list[str]:
    """All tables of a PostgreSQL database; what could not be wiped."""
    if settings.database.file is not None:
        return []
    try:
        with closing(Database(settings.database.url)) as database, database.engine.begin() as writing:
            drop_all(writing)
    except SQLAlchemyError:
        return ["the PostgreSQL database"]
    return []
