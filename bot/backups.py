"""Copies of the database: made whole while it is in use, named by their time, each a SQLite file whatever the database is."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot import sealing
from bot.settings import DatabaseSettings, data_dir
from migrations.upgrade import SchemaFault, upgrade
from models import snapshot
from models.database import engine_for, let_go

NAME = re.compile(r"folkmoot-(\d{8}T\d{6})Z\.(?:sqlite|dump)(?:\.sealed)?")
STAMP = "%Y%m%dT%H%M%S"


class NoBackup(Exception):
    """The copy could not be made; `str()` says why, in a sentence without secrets."""


def folder_of(settings: DatabaseSettings) -> Path:
    """Where copies go: as configured, else beside the SQLite file, else in the data directory."""
    if settings.backups:
        return Path(settings.backups).expanduser()
    return (settings.file.parent if settings.file else data_dir()) / "backups"


def make(settings: DatabaseSettings, now: datetime, to: Path | None = None, passphrase: str | None = None) -> Path:
    """A new copy, sealed if there is a passphrase; nothing stands under its name before it is whole. Raises NoBackup."""
    url = make_url(settings.url)
    path = to or folder_of(settings) / f"folkmoot-{now.astimezone(UTC):{STAMP}}Z.sqlite{'.sealed' if passphrase else ''}"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part, sealed = path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.sealing")
    try:
        part.unlink(missing_ok=True)
        (copy_sqlite if url.get_backend_name() == "sqlite" else copy_server)(url, part)
        if passphrase:
            sealing.seal(part, sealed, passphrase)
            sealed.replace(part)
        part.chmod(0o600)
        part.replace(path)
    finally:
        for left in (part, sealed):
            left.unlink(missing_ok=True)
    return path


def copy_sqlite(url: URL, path: Path) -> None:
    if not Path(str(url.database)).is_file():
        raise NoBackup("There is no database yet, so there is nothing to copy.")
    with closing(sqlite3.connect(str(url.database))) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))


def copy_server(url: URL, path: Path) -> None:
    """What PostgreSQL holds at this instant."""
    try:
        with let_go(engine_for(url.render_as_string(hide_password=False))) as engine:
            snapshot.write(engine, path, lay)
    except (SQLAlchemyError, SchemaFault, sqlite3.Error, ValueError):
        raise NoBackup("PostgreSQL could not be copied: it cannot be reached, or holds what this version does not know.") from None


def lay(file: Path, revision: str) -> None:
    """The empty tables of that revision."""
    with let_go(engine_for(f"sqlite:///{file}")) as engine:
        upgrade(engine, back_up=lambda: None, to=revision)


def newest(settings: DatabaseSettings) -> tuple[Path, datetime] | None:
    """The newest copy and when it was made."""
    folder = folder_of(settings)
    found = sorted((path.name, path) for path in folder.glob("folkmoot-*")) if folder.is_dir() else []
    for name, path in reversed(found):
        if match := NAME.fullmatch(name):
            return path, datetime.strptime(match[1], STAMP).replace(tzinfo=UTC)
    return None
