"""Entries of the register, read so that they can be told: in words, with the names that people have today."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import unquote

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.refs import SHORT_NAMES, PersonRef
from bot.commons import register, roll, texts
from bot.language import Voice
from bot.routing.house import SHOWN, Entry, House, Told
from models import EntryRow, GroupRow

PLATFORMS = {short: platform for platform, short in SHORT_NAMES.items()}


def last_place(db: Session, group_id: int) -> int:
    """Of the newest entry; 0: there is none."""
    query = select(EntryRow.place).filter_by(group_id=group_id).order_by(EntryRow.place.desc()).limit(1)
    return db.scalar(query) or 0


def after(db: Session, group_id: int, place: int, until: int) -> list[EntryRow]:
    """Those after that place, in order, up to and with the one at `until`."""
    query = select(EntryRow).where(EntryRow.group_id == group_id, EntryRow.place > place, EntryRow.place <= until)
    return list(db.scalars(query.order_by(EntryRow.place)))


def first_since(db: Session, group_id: int, at: datetime) -> int:
    """The place of the first entry made then or later; one behind the last if there is none. Places grow with time."""
    query = select(EntryRow.place).where(EntryRow.group_id == group_id, EntryRow.entered_at >= at)
    found = db.scalar(query.order_by(EntryRow.place).limit(1))
    return found or last_place(db, group_id) + 1


def last_until(db: Session, group_id: int, at: datetime) -> int:
    """The place of the last entry made then or before; 0 if there is none."""
    query = select(EntryRow.place).where(EntryRow.group_id == group_id, EntryRow.entered_at <= at)
    return db.scalar(query.order_by(EntryRow.place.desc()).limit(1)) or 0


def told(
    db: Session, group: GroupRow, rows: Sequence[EntryRow], v: Voice, house: House, most: int = SHOWN
) -> list[tuple[Entry, Told]]:
    """Each in words; one of a kind that nobody words is told as such, so that none is missing. `most`: see `register.read`."""
    name_of = names_for(db, group, v)
    read = [register.read(row, name_of, most) for row in rows]
    return [(entry, house.tell_entry(v, entry) or Told(texts.some_entry(v, entry.kind))) for entry in read]


def names_for(db: Session, group: GroupRow, v: Voice) -> Callable[[Any], str]:
    """Names by label, each looked up once."""

    @cache
    def name_of(label: Any) -> str:
        member = roll.find(db, group, ref_of(label)) if label else None
        return roll.name_in(db, member) if member else texts.somebody(v)

    return name_of


def ref_of(label: str) -> PersonRef:
    """The account that a label names (see bot.chat.refs.label)."""
    short, _, quoted = label.partition(":")
    return PersonRef(PLATFORMS.get(short, short), unquote(quoted))
