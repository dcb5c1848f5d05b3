"""Copies of the database: made whole while it is in use, named by their time."""

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from bot.settings import DatabaseSettings, data_dir

NAME = re.compile(r"folkmoot-(\d{8}T\d{6})Z\.(?:sqlite|dump)")
STAMP = "%Y%m%dT%H%M%S"


class NoBackup(Exception):
    """The copy could not be made; `str()` says why, in a sentence without secrets."""


def folder_of(settings: DatabaseSettings) -> Path:
    """Where copies go: as configured, else beside the SQLite file, else in the data directory."""
    if settings.backups:
        return Path(settings.backups).expanduser()
    url = make_url(settings.url)
    beside = Path(url.database).parent if url.get_backend_name() == "sqlite" and url.database else data_dir()
    return beside / "backups"


def make(settings: DatabaseSettings, now: datetime) -> Path:
    """A new copy. Raises NoBackup."""
    url, folder = make_url(settings.url), folder_of(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sqlite = url.get_backend_name() == "sqlite"
    path = folder / f"folkmoot-{now.astimezone(UTC):{STAMP}}Z.{'sqlite' if sqlite else 'dump'}"
    path.unlink(missing_ok=True)
    (copy_sqlite if sqlite else dump_server)(url, path)
    path.chmod(0o600)
    return path


def copy_sqlite(url: URL, path: Path) -> None:
    with closing(sqlite3.connect(str(url.database))) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))


def dump_server(url: URL, path: Path) -> None:
    tool = shutil.which("pg_dump")
    if tool is None:
        raise NoBackup("pg_dump is not installed, so PostgreSQL was not backed up; install its client tools.")
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    done = subprocess.run([tool, "--format=custom", f"--file={path}", plain], capture_output=True, check=False)  # noqa: S603 (our own words)
    if done.returncode != 0:
        raise NoBackup("pg_dump could not copy the database; run it by hand to see why.")


def newest(settings: DatabaseSettings) -> tuple[Path, datetime] | None:
    """The newest copy and when it was made."""
    folder = folder_of(settings)
    found = sorted((path.name, path) for path in folder.glob("folkmoot-*")) if folder.is_dir() else []
    for name, path in reversed(found):
        if match := NAME.fullmatch(name):
            return path, datetime.strptime(match[1], STAMP).replace(tzinfo=UTC)
    return None
