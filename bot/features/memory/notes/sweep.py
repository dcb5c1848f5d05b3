"""Notes to which nobody has objected in their day, and those that an outage fell into."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.features.memory.notes import life, store
from bot.routing.feature import Gap, Sweep
from bot.routing.house import House
from bot.routing.rooms import lock_group
from models import ChatRow, NoteRow

HOUR = timedelta(hours=1)


def settle(db: Session, note_id: int, now: datetime, house: House) -> None:
    note = db.get_one(NoteRow, note_id)
    lock_group(db, note.group_id)
    db.refresh(note, with_for_update=True)
    if note.state == "announced" and note.holds_at <= now:
        life.end(db, note, "stands", now, house)


def gap(db: Session, chat: ChatRow, gap: Gap, now: datetime, house: House) -> bool:
    """A day that ended while objections may have been lost goes on for as long as the gap was: an hour at least, a day at most."""
    pending = store.announced(db, chat.group_id) if chat.group_id else []
    for note in pending:
        if note.holds_at <= gap.until:
            note.holds_at = now + min(max(gap.until - gap.since, HOUR), life.OBJECT_FOR)
            boards.touch(db, life.BOARD, note.id, now)
    return bool(pending)


SWEEP = Sweep("notes", store.due, store.upcoming, settle)
