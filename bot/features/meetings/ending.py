"""The end of a meeting: its minutes enter the register and are told in every room; all else of it is forgotten."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import entries, lots, register, roll
from bot.commons.choices import one_of
from bot.commons.rooms import say_everywhere
from bot.delivery import boards
from bot.features.meetings import store, texts
from bot.features.meetings.boards import BOARD
from bot.features.meetings.minutes import facts as minutes
from bot.features.meetings.minutes import texts as worded
from bot.language import Voice
from bot.routing.feature import Setting, Sweep
from bot.routing.house import House
from bot.routing.rooms import lock_group
from models import AgendaRow, ChatRow, EntryRow, GroupRow, MeetingRow

ATTENDANCE = Setting("attendance", "count", one_of("count", "names"), texts.attendance_line)


def end(db: Session, found: MeetingRow, now: datetime, house: House) -> None:
    group, agenda = lock_group(db, found.group_id), store.agenda(db, found)
    store.spend(agenda, found, now)
    found.state, found.ended_at = "ended", now
    entry = enter(db, group, found, agenda, house)
    tell(db, group, found, entry, house)
    store.forget(db, found)
    boards.touch(db, BOARD, found.id, now)


def enter(db: Session, group: GroupRow, found: MeetingRow, agenda: Sequence[AgendaRow], house: House) -> EntryRow:
    """Figures are hashed for good; who was there, and all words, stand outside."""
    last = entries.last_place(db, group.id)
    facts = {
        "meeting": f"D-{found.number}",
        "started_at": found.started_at.isoformat(),
        "ended_at": found.ended_at.isoformat() if found.ended_at else None,
        "spent": [item.spent for item in agenda],
        "present": store.attendee_count(db, found),
        "entries": [found.after_entry + 1, last] if last > found.after_entry else [],
        **drawn(found),
    }
    said = personal(db, group, found, agenda)
    return register.enter(db, group, "minutes", facts, now=found.ended_at or found.started_at, dice=house.dice, personal=said)


def drawn(found: MeetingRow) -> dict[str, str]:
    """With which the draw, if there was one, can be repeated."""
    if not found.pool_document:
        return {}
    return {"pool_sha256": lots.fingerprint(found.pool_document), "secret": found.secret.hex()}


def personal(db: Session, group: GroupRow, found: MeetingRow, agenda: Sequence[AgendaRow]) -> dict[str, Any]:
    notes = [[note.place, roll.ref_of(note.member).label, note.text] for note in store.notes(db, found)]
    said: dict[str, Any] = {"by": roll.ref_of(found.opener).label, "agenda": [item.text for item in agenda], "notes": notes}
    for key, member in (("facilitator", found.facilitator), ("note_taker", found.note_taker)):
        said |= {key: roll.ref_of(member).label} if member else {}
    if ATTENDANCE.of(group) == "names":
        said["there"] = [roll.ref_of(member).label for member in store.attendees(db, found)]
    return said | ({"pool": found.pool_document} if found.pool_document else {})


def tell(db: Session, group: GroupRow, found: MeetingRow, entry: EntryRow, house: House) -> None:
    home = db.get_one(ChatRow, found.chat_id)

    def words(v: Voice, chat: ChatRow) -> Message:
        return worded.minutes(v, minutes.of_meeting(db, group, entry, v, house))

    key, thread = f"meeting:{found.id}:minutes", found.thread
    say_everywhere(db, group.id, words, key, entry.entered_at, home=home, thread=thread, after=(BOARD, found.id), tells=entry)


def settle(db: Session, meeting_id: int, now: datetime, house: House) -> None:
    """One that nobody has ended for a day."""
    found = store.locked(db, meeting_id)
    if found.state == "open":
        end(db, found, now, house)


SWEEP = Sweep("meetings", store.overlong, store.next_overlong, settle)
