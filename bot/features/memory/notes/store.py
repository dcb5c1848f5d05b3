"""Notes: rows in and out."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.routing.feature import Due
from bot.routing.house import OnePerson
from bot.routing.rooms import inhabited
from models import GroupRow, NoteRow

OPEN = ("announced", "contested")


def locked(db: Session, note_id: int) -> NoteRow:
    return db.scalars(select(NoteRow).filter_by(id=note_id).with_for_update()).one()


def pressed(db: Session, group_id: int | None, note_id: str) -> NoteRow | None:
    """The note that a button speaks of, if it is this group's: anyone can forge a button."""
    if not note_id.isdecimal() or len(note_id) > 15:
        return None
    return db.scalar(select(NoteRow).filter_by(id=int(note_id), group_id=group_id).with_for_update())


def by_number(db: Session, group: GroupRow, number: int) -> int | None:
    return db.scalar(select(NoteRow.id).filter_by(group_id=group.id, number=number))


def open_numbers(db: Session, group: GroupRow) -> list[int]:
    query = select(NoteRow.number).where(NoteRow.group_id == group.id, NoteRow.state.in_(OPEN))
    return list(db.scalars(query.order_by(NoteRow.number)))


def announced(db: Session, group_id: int) -> list[NoteRow]:
    return list(db.scalars(select(NoteRow).filter_by(group_id=group_id, state="announced").order_by(NoteRow.id)))


def due(db: Session, now: datetime) -> Sequence[Due]:
    query = select(NoteRow).where(NoteRow.state == "announced", NoteRow.holds_at <= now, inhabited(NoteRow.group_id))
    return [Due(note.id, note.holds_at, note.group_id) for note in db.scalars(query.order_by(NoteRow.holds_at, NoteRow.id))]


def upcoming(db: Session) -> datetime | None:
    query = select(func.min(NoteRow.holds_at)).where(NoteRow.state == "announced", inhabited(NoteRow.group_id))
    return db.scalar(query)


def merge(db: Session, found: OnePerson) -> Sequence[int]:
    """What one of two accounts noted, or objects to, is the person's: they may take it back with either."""
    for column in (NoteRow.by_id, NoteRow.objector_id):
        mine = update(NoteRow).where(column == found.gone.id, NoteRow.state.in_(OPEN))
        db.execute(mine.values({column: found.kept.id}))
    return ()
