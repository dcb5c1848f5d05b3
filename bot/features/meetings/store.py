"""Meetings, agendas, hands and notes: rows in and out."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from bot.features.meetings import rules
from bot.routing.feature import Due
from bot.routing.rooms import lock_group
from models import AgendaRow, AttendeeRow, GroupRow, MeetingNoteRow, MeetingRow, MemberRow


def find(db: Session, group: GroupRow, number: int) -> int | None:
    return db.scalar(select(MeetingRow.id).filter_by(group_id=group.id, number=number))


def open_numbers(db: Session, group: GroupRow) -> Sequence[int]:
    query = select(MeetingRow.number).filter_by(group_id=group.id, state="open")
    return db.scalars(query.order_by(MeetingRow.number)).all()


def running(db: Session, group_id: int | None) -> MeetingRow | None:
    """The one that is open; a group has one at a time."""
    return db.scalar(select(MeetingRow).filter_by(group_id=group_id, state="open").limit(1).with_for_update())


def pressed(db: Session, group_id: int | None, meeting_id: str) -> MeetingRow | None:
    """The meeting that a button speaks of, if it is this group's: anyone can forge a button."""
    if not meeting_id.isascii() or not meeting_id.isdecimal() or len(meeting_id) > 15:
        return None
    return db.scalar(select(MeetingRow).filter_by(id=int(meeting_id), group_id=group_id).with_for_update())


def locked(db: Session, meeting_id: int) -> MeetingRow:
    """With its group, which is locked first."""
    found = db.get_one(MeetingRow, meeting_id)
    lock_group(db, found.group_id)
    db.refresh(found, with_for_update=True)
    return found


def agenda(db: Session, meeting: MeetingRow) -> list[AgendaRow]:
    return list(db.scalars(select(AgendaRow).filter_by(meeting_id=meeting.id).order_by(AgendaRow.place)))


def spend(items: Sequence[AgendaRow], meeting: MeetingRow, now: datetime) -> None:
    """Until now it was the meeting's item that was spoken about."""
    for item in items:
        if item.place == meeting.item:
            item.spent += int((now - meeting.item_since).total_seconds())
    meeting.item_since = now


def attendee(db: Session, meeting: MeetingRow, member: MemberRow) -> tuple[AttendeeRow, bool]:
    """Whoever presses or notes anything is there; says whether that is new."""
    found = db.get(AttendeeRow, (meeting.id, member.id))
    if found is not None:
        return found, False
    made = AttendeeRow(meeting_id=meeting.id, member_id=member.id, group_id=meeting.group_id, spoken=0)
    db.add(made)
    db.flush()
    return made, True


def attendees(db: Session, meeting: MeetingRow) -> list[MemberRow]:
    query = select(MemberRow).join(AttendeeRow, AttendeeRow.member_id == MemberRow.id).options(joinedload(MemberRow.account))
    return list(db.scalars(query.where(AttendeeRow.meeting_id == meeting.id).order_by(MemberRow.id)))


def attendee_count(db: Session, meeting: MeetingRow) -> int:
    return db.scalar(select(func.count()).select_from(AttendeeRow).filter_by(meeting_id=meeting.id)) or 0


def queue(db: Session, meeting: MeetingRow) -> list[AttendeeRow]:
    """Those whose hands are up, whose turn comes first first."""
    query = select(AttendeeRow).where(AttendeeRow.meeting_id == meeting.id, AttendeeRow.raised_at.is_not(None))
    rows = {row.member_id: row for row in db.scalars(query)}
    hands = [rules.Hand(row.member_id, row.spoken, row.raised_at) for row in rows.values() if row.raised_at]
    return [rows[member_id] for member_id in rules.queue(hands)]


def notes(db: Session, meeting: MeetingRow) -> list[MeetingNoteRow]:
    query = select(MeetingNoteRow).filter_by(meeting_id=meeting.id).order_by(MeetingNoteRow.id)
    return list(db.scalars(query.options(joinedload(MeetingNoteRow.member).joinedload(MemberRow.account))))


def note_count(db: Session, meeting: MeetingRow) -> int:
    return db.scalar(select(func.count()).select_from(MeetingNoteRow).filter_by(meeting_id=meeting.id)) or 0


def forget(db: Session, meeting: MeetingRow) -> None:
    """What the minutes do not say is kept nowhere, and what they say stands in the register."""
    for row in (AgendaRow, AttendeeRow, MeetingNoteRow):
        db.execute(delete(row).where(row.meeting_id == meeting.id))
    meeting.speaker_id = meeting.facilitator_id = meeting.notes_id = None
    meeting.pool_document = ""


def overlong(db: Session, now: datetime) -> Sequence[Due]:
    query = select(MeetingRow).where(MeetingRow.state == "open", MeetingRow.started_at <= now - rules.LONGEST)
    return [Due(each.id, each.started_at + rules.LONGEST, each.group_id) for each in db.scalars(query.order_by(MeetingRow.id))]


def next_overlong(db: Session) -> datetime | None:
    first = db.scalar(select(func.min(MeetingRow.started_at)).where(MeetingRow.state == "open"))
    return first + rules.LONGEST if first else None
