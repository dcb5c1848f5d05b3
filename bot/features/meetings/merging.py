"""Two members turn out to be one person: in a meeting they are one who is there, with one hand, and what both said counts."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.features.meetings import store
from bot.routing.house import OnePerson
from models import AttendeeRow, MeetingNoteRow, MeetingRow


def merge(db: Session, found: OnePerson) -> Sequence[int]:
    meeting = store.running(db, found.kept.group_id)
    if meeting is None:
        return ()
    for place in ("opener_id", "speaker_id", "facilitator_id", "notes_id"):
        if getattr(meeting, place) == found.gone.id:
            setattr(meeting, place, found.kept.id)
    db.execute(update(MeetingNoteRow).filter_by(meeting_id=meeting.id, member_id=found.gone.id).values(member_id=found.kept.id))
    unite(db, meeting, found)
    return ()


def unite(db: Session, meeting: MeetingRow, found: OnePerson) -> None:
    theirs = db.get(AttendeeRow, (meeting.id, found.gone.id))
    if theirs is not None:
        own, _ = store.attendee(db, meeting, found.kept)
        own.spoken, own.raised_at = own.spoken + theirs.spoken, own.raised_at or theirs.raised_at
        db.delete(theirs)
    db.flush()
