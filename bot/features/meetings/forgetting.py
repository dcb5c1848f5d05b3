"""Who is forgotten is in no meeting: their hand is down and their notes go; lots that named them can be drawn anew."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.features.meetings.boards import BOARD
from bot.routing.forgetting import Forget, Forgotten
from models import AgendaRow, AttendeeRow, MeetingNoteRow, MeetingRow


def forget(db: Session, found: Forgotten) -> None:
    groups = {member.group_id for member in found.members}
    for meeting in db.scalars(select(MeetingRow).where(MeetingRow.group_id.in_(groups), MeetingRow.state == "open")):
        found.words.update(db.scalars(select(MeetingNoteRow.text).where(MeetingNoteRow.member_id.in_(found.ids))))
        leave(meeting, found)
        boards.touch(db, BOARD, meeting.id, found.now)
    db.flush()


def leave(meeting: MeetingRow, found: Forgotten) -> None:
    if meeting.speaker_id in found.ids:
        meeting.speaker_id = None
    if any(f"{label}\n" in meeting.pool_document for _, label in found.labels):
        meeting.pool_document, meeting.secret = "", found.house.dice.secret()
        meeting.facilitator_id = meeting.notes_id = None


FORGET = Forget(
    drop=(AttendeeRow.member_id, MeetingNoteRow.member_id),
    stay=(MeetingRow.opener_id, AgendaRow.text),  # the agenda is the group's; words and all go when the meeting ends
    by_hand=(
        MeetingRow.speaker_id,
        MeetingRow.facilitator_id,
        MeetingRow.notes_id,
        MeetingRow.pool_document,
        MeetingNoteRow.text,
    ),
    then=forget,
)
