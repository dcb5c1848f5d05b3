"""`folkmoot publish DIR`: writes the archive of a group that has opened it."""

import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import running
from bot.archive import feed, folder, gathering, pages, style
from bot.archive.site import Site
from bot.clock import SystemClock
from bot.commons.canonical import sha256
from bot.features import FEATURES
from bot.features.paper import ARCHIVE
from bot.language import Voice
from bot.routing.house import House
from bot.routing.routes import routes_of
from migrations.upgrade import SchemaFault, head, revision
from models import GroupRow
from models.database import Database

Files = list[tuple[str, bytes]]
CLOSED = "No group has opened its archive. A group does so with /settings archive open; then say this again."
NO_SUCH = "No group of that name or number has opened its archive. Open are: {groups}."
SEVERAL = "Several groups have opened their archives; name one with --group: {groups}."
NONE_YET = "There is no database yet. Start the bot, and open the archive in the group with /settings archive open."
OLD = "The database is of another version. Start the bot once, so that it is upgraded, then say this again."
NOT_OURS = "{folder} holds other things. Name a new folder, or one that an earlier publish made."


class NoArchive(Exception):
    """`str()` says why, in a sentence."""


def publish(to: Path, config: Path | None, group: str | None) -> int:
    os.umask(0o022)  # for whoever serves the files

    def write() -> int:
        _, settings = running.configured(config)
        if (file := settings.database.file) is not None and not file.exists():
            return running.tell(running.DATABASE, NONE_YET)
        with contextlib.closing(Database(settings.database.url, reading=True)) as database:
            return written(database, running.house_of(settings), to, group, SystemClock().now())

    return running.report(write)


def written(database: Database, house: House, to: Path, group: str | None, now: datetime) -> int:
    """The exit code; what cannot be is said in a sentence."""
    try:
        if revision(database.engine) != head():
            return running.tell(running.DATABASE, OLD)
        with database.transaction() as db:
            files = files_of(db, chosen(db, group), now, routes_of(FEATURES, house).house)
        folder.put(to, files)
    except SchemaFault:
        return running.tell(running.DATABASE, OLD)
    except NoArchive as fault:
        return running.tell(running.FAULT, str(fault))
    except folder.NotOurs:
        return running.tell(running.FAULT, NOT_OURS.format(folder=to))
    except OSError:
        return running.tell(running.FAULT, f"{to} cannot be written. Name a folder in which this user may write.")
    sys.stdout.write(f"{to / 'index.html'}\n")
    return running.OK


def chosen(db: Session, named: str | None) -> GroupRow:
    """Raises NoArchive."""
    opened = [group for group in db.scalars(select(GroupRow).order_by(GroupRow.id)) if ARCHIVE.of(group) != "off"]
    found = [each for each in opened if named is None or named in {str(each.id), each.title}]
    if len(found) == 1:
        return found[0]
    groups = ", ".join(f"{each.id} {each.title}".strip() for each in opened)
    raise NoArchive(CLOSED if not opened else (SEVERAL if found else NO_SUCH).format(groups=groups))


def files_of(db: Session, group: GroupRow, now: datetime, house: House) -> Files:
    site = gathering.gathered(db, group, ARCHIVE.of(group), now, house)
    return list(files(site, Voice(group.language, group.zone), sha256(f"{group.id} {group.created_at.isoformat()} archive")))


def files(site: Site, v: Voice, identity: str) -> Iterator[tuple[str, bytes]]:
    texts = [*pages.pages(site, v), ("feed.atom", feed.written(site, identity)), ("style.css", style.CSS)]
    for name, text in [*texts, ("search.js", style.SCRIPT)]:
        yield name, text.encode()
    if site.calendar:
        yield "calendar.ics", site.calendar
