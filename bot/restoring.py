"""`folkmoot restore`: a copy is looked through, brought to today, and put in the place of a database that is kept aside."""

import os
import sqlite3
import sys
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, func, inspect, select, update
from sqlalchemy.orm import Session

from bot import backups, sealing
from bot.clock import SystemClock
from bot.commons import exporting
from bot.delivery.outbox import say
from bot.holding import being_made, held
from bot.porting import PortFault, carry
from bot.routing import texts
from bot.routing.feature import voice_of
from bot.routing.house import House
from bot.running import DATABASE, OK, configured, house_of, report, tell
from bot.settings import DatabaseSettings
from bot.verifying import chain
from migrations.upgrade import SchemaFault, check_file, take_steps, upgrade
from models import ChatRow, GroupRow, IntakeRow, PromiseRow
from models.database import Database, drop_all, engine_for, let_go

STAMP = "%Y%m%dT%H%M%SZ"
FAULTS = {
    "absent": "{file} is not there, or cannot be read.",
    "closed": "{file} does not open with this passphrase, or is not whole. Nothing was changed.",
    "sealed": "{file} is sealed. Say --passphrase-file FILE, or run this in a terminal, to be asked. Nothing was changed.",
    "damaged": "{file} is damaged. Take an older copy. Nothing was changed.",
    "unknown": "{file} was made by a newer Folkmoot. Run that version. Nothing was changed.",
    "foreign": "{file} is no copy of a Folkmoot database. Nothing was changed.",
    "unchained": "{file} was changed behind the bot's back: {what}. Take an older copy. Nothing was changed.",
    "occupied": "There is a database already. Say --replace to put the copy in its place; the present one is kept aside.",
    "unported": "The copy could not be carried into PostgreSQL. Nothing was changed there.",
}


class Unrestorable(Exception):
    """Nothing was changed; `why` is one of FAULTS."""

    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(why)
        self.why, self.what = why, what


@dataclass(frozen=True, slots=True)
class Restored:
    """`since`: when the copy was last in use; `aside`: where the database is that was replaced."""

    since: datetime
    aside: Path | None


def restore(config: Path | None, file: Path, replace: bool, passphrase: str | None) -> int:
    def work() -> int:
        _, settings = configured(config)
        try:
            done = restored(settings.database, file, replace, passphrase, SystemClock().now(), house_of(settings))
        except Unrestorable as fault:
            return tell(DATABASE, FAULTS[fault.why].format(file=file, what=fault.what))
        sys.stdout.write(told(file, done))
        return OK

    os.umask(0o077)
    return report(work)


def told(file: Path, done: Restored) -> str:
    lines = [f"{file} is in place. What happened after {done.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC is not in it."]
    lines += [f"The database that was there is kept as {done.aside}."] if done.aside else []
    lines += ["At its next start the bot tells each room which time is missing."]
    return "".join(f"{line}\n" for line in lines)


def restored(
    settings: DatabaseSettings, file: Path, replace: bool, passphrase: str | None, now: datetime, house: House
) -> Restored:
    """The database is held meanwhile: no bot runs on it. Raises Held, Unrestorable."""
    place = settings.file
    near = place.parent if place else backups.folder_of(settings)
    near.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (
        tempfile.TemporaryDirectory(prefix=".restoring-", dir=near) as folder,
        let_go(engine_for(settings.url)) as engine,
        held(engine),
    ):
        copy = Path(folder) / "copy.sqlite"
        if not replace and is_occupied(place, engine):
            raise Unrestorable("occupied")
        bring(file, copy, passphrase)
        since = prepared(copy, datetime.fromtimestamp(file.stat().st_mtime, UTC), now, house)
        aside = into_file(place, copy, now) if place else into_server(settings, engine, copy, now)
    return Restored(since, aside)


def is_occupied(place: Path | None, engine: Engine) -> bool:
    if place is not None:
        return place.exists() and place.stat().st_size > 0
    return bool(inspect(engine).get_table_names())


def bring(file: Path, copy: Path, passphrase: str | None) -> None:
    """The copy as it was made, opened if it was sealed."""
    try:
        if not sealing.is_sealed(file):
            copy.write_bytes(file.read_bytes())
        elif passphrase is None:
            raise Unrestorable("sealed")
        else:
            sealing.unseal(file, copy, passphrase)
    except OSError:
        raise Unrestorable("absent") from None
    except sealing.Unopened:
        raise Unrestorable("closed") from None


def prepared(copy: Path, made_at: datetime, now: datetime, house: House) -> datetime:
    """Looked through and brought to today's schema, with the news that each room is to hear. Gives since when it lacks all."""
    url = f"sqlite:///{copy}"
    try:
        check_file(copy)
        with let_go(engine_for(url)) as engine:
            if not inspect(engine).has_table("alembic_version"):
                raise Unrestorable("foreign")
            upgrade(engine, back_up=lambda: None)
    except SchemaFault as fault:
        raise Unrestorable(fault.why) from None
    with closing(Database(url)) as database, database.transaction() as db:
        check_chains(db)
        since = db.scalar(select(func.max(IntakeRow.heard_at))) or made_at
        tell_rooms(db, since, now, house)
    settle(copy)
    return since


def check_chains(db: Session) -> None:
    """Every group's register holds."""
    for group_id in db.scalars(select(GroupRow.id).order_by(GroupRow.id)):
        try:
            chain.read(list(exporting.lines(db, group_id)))
        except chain.Broken as broken:
            raise Unrestorable("unchained", f"in the register of group {group_id}, entry {broken.place}: {broken.why}") from None


def tell_rooms(db: Session, since: datetime, now: datetime, house: House) -> None:
    """What waited to be said may have been said since: of that only what matters is said again."""
    db.execute(update(PromiseRow).where(PromiseRow.state == "waiting").values(trying=True))
    for chat in db.scalars(select(ChatRow).filter_by(kind="group", state="open").order_by(ChatRow.id)):
        words = texts.restored(voice_of(chat, house), since, now)
        say(db, chat, words, key=f"restored:{chat.id}:{now.isoformat()}", now=now, must=True)


def settle(copy: Path) -> None:
    """All in one file, and on the disk."""
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    with copy.open("rb") as whole:
        os.fsync(whole.fileno())


def into_file(place: Path, copy: Path, now: datetime) -> Path | None:
    """In one step, so that there is a whole database at any moment."""
    aside = keep_aside(place, now) if place.exists() else None
    copy.chmod(0o600)
    copy.replace(place)
    being_made(f"sqlite:///{place}").unlink(missing_ok=True)
    return aside


def keep_aside(place: Path, now: datetime) -> Path:
    """The database under another name as well, with what its log holds."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = place.with_name(f"{place.name}.replaced-{now.astimezone(UTC):{STAMP}}")
    os.link(place, aside)
    for end in ("-wal", "-shm"):  # of a damaged one, which could not be emptied into it
        with suppress(FileNotFoundError):
            place.with_name(place.name + end).rename(aside.with_name(aside.name + end))
    return aside


def into_server(settings: DatabaseSettings, engine: Engine, copy: Path, now: datetime) -> Path | None:
    """In one transaction: all of the copy instead of all that is there, or nothing."""
    with closing(Database(f"sqlite:///{copy}", reading=True)) as old:
        aside = None
        if is_occupied(None, engine):
            aside = backups.make(settings, now, backups.folder_of(settings) / f"replaced-{now.astimezone(UTC):{STAMP}}.sqlite")
        with old.engine.begin() as reading, engine.begin() as writing:
            drop_all(writing)
            take_steps(writing)
            try:
                carry(reading, writing)
            except PortFault:
                raise Unrestorable("unported") from None
    return aside
