"""`folkmoot doctor`: looks over everything that a running bot needs, and says in plain words what to mend."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot import backups, running
from bot.chat.refs import ChatRef
from bot.holding import Held, held, lock_path
from bot.settings import Settings, secret
from migrations.upgrade import SchemaFault, check_file, head, revision
from models import ChatRow
from models.database import Database

WELL, ILL = 0, 1
OTHERS_MAY_READ = 0o077


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `mend` is empty when it is well."""

    what: str
    mend: str = ""


def examine(config: Path | None) -> int:
    """Prints a line for each thing looked at; 0 if all is well, 1 if something is to be mended, 2 for a bad configuration."""

    def look() -> int:
        path, settings = running.configured(config)
        findings = list(findings_of(path, settings))
        sys.stdout.write("".join(f"{'mend' if f.mend else 'well'}  {f.what}{': ' + f.mend if f.mend else ''}\n" for f in findings))
        return ILL if any(finding.mend for finding in findings) else WELL

    return running.report(look)


def findings_of(path: Path, settings: Settings) -> Iterator[Finding]:
    yield Finding("configuration")
    yield from (file_finding(file) for file in secret_files(path, settings))
    yield from database_findings(settings)
    yield backup_finding(settings)
    if settings.telegram is None and settings.matrix is None:
        yield Finding("platforms", "none is on; fill in [telegram] or [matrix].")
    rooms = rooms_of(settings)
    if settings.telegram is not None:
        yield from telegram_findings(path, settings, [room for room in rooms if room.platform == "telegram"])
    if settings.matrix is not None:
        yield from matrix_findings(path, settings)


def secret_files(path: Path, settings: Settings) -> list[Path]:
    """Files with secrets in them that exist."""
    named = [path]
    if settings.telegram:
        named.append(Path(settings.telegram.token_file))
    if settings.matrix:
        named += [Path(settings.matrix.password_file), Path(settings.matrix.store_dir)]
    url = make_url(settings.database.url)
    if url.get_backend_name() == "sqlite" and url.database:
        named.append(Path(url.database))
    return [file.expanduser() for file in named if str(file) != "." and file.expanduser().exists()]


def file_finding(file: Path) -> Finding:
    if file.stat().st_mode & OTHERS_MAY_READ:
        return Finding(f"permissions of {file}", f"others on this machine may read it; run chmod go-rwx '{file}'.")
    return Finding(f"permissions of {file}")


def database_findings(settings: Settings) -> Iterator[Finding]:
    url = make_url(settings.database.url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        yield Finding("database", "" if not was_there(settings) else "the file is gone; put a backup in its place.")
        return
    try:
        if url.get_backend_name() == "sqlite":
            check_file(Path(url.database or ""))
        database = Database(settings.database.url)
        found = revision(database.engine)
        yield Finding(f"database revision {found or 'none yet'} of {head()}")
        yield instance_finding(database)
        database.close()
    except SchemaFault as fault:
        yield Finding("database", running.SCHEMA_FAULTS[fault.why].format(backup=""))
    except DBAPIError:
        yield Finding("database", "it cannot be opened; check [database] url and that the server runs.")


def was_there(settings: Settings) -> bool:
    return lock_path(settings.database.url).exists()


def instance_finding(database: Database) -> Finding:
    try:
        with held(database.engine):
            return Finding("no other instance on this database")
    except Held as taken:
        return Finding(f"running now: {taken.holder}")


def backup_finding(settings: Settings) -> Finding:
    kept = backups.newest(settings.database)
    return (
        Finding(f"last backup {kept[0].name}")
        if kept
        else Finding("backup", "there is none yet; run folkmoot backup now and then.")
    )


def rooms_of(settings: Settings) -> list[ChatRef]:
    """The group chats that the bot knows."""
    try:
        database = Database(settings.database.url)
        if (
            make_url(settings.database.url).get_backend_name() == "sqlite"
            and not Path(make_url(database.url).database or "").exists()
        ):
            return []
        with database.transaction() as db:
            return [ChatRef(row.platform, row.ref) for row in db.scalars(select(ChatRow).filter_by(kind="group", state="open"))]
    except DBAPIError:
        return []


def telegram_findings(path: Path, settings: Settings, rooms: list[ChatRef]) -> Iterator[Finding]:
    from adapters.telegram import examine as telegram

    assert settings.telegram is not None
    told = settings.telegram
    token = secret(path, "[telegram] token_file", told.token, told.token_file)
    for found in asyncio.run(telegram.examine(token, told.base_url, rooms)):
        yield worded(f"Telegram, {found.name}", found.ok, found.code, TELEGRAM)


def matrix_findings(path: Path, settings: Settings) -> Iterator[Finding]:
    from adapters.matrix import examine as matrix

    assert settings.matrix is not None
    told = settings.matrix
    password = secret(path, "[matrix] password_file", told.password, told.password_file) or None
    store = Path(told.store_dir).expanduser()
    for found in asyncio.run(
        matrix.examine(told.homeserver, told.user_id, store, password, told.access_token or None, told.device_id or None)
    ):
        yield worded(f"Matrix, {found.name}", found.ok, found.code, MATRIX)


def worded(what: str, ok: bool, code: str, words: dict[str, str]) -> Finding:
    return Finding(what, "" if ok else words.get(code, "look into this."))


TELEGRAM: dict[str, str] = {}
MATRIX: dict[str, str] = {}
Check = Callable[[], Iterator[Finding]]
