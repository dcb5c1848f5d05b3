"""The agenda of a meeting, drawn from what is true now."""

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import lots, roll
from bot.features.meetings import rules, store, texts
from bot.language import Voice
from bot.routing.feature import voice_at
from bot.routing.house import Open
from bot.tidy import isolated
from models import BoardRow, MeetingRow, MemberRow

BOARD = "meeting"


def meeting_board(db: Session, board: BoardRow) -> Message:
    found, v = db.get_one(MeetingRow, board.subject_id), voice_at(db, board)
    if found.state != "open":
        return texts.over(v, found.number)
    return texts.board(v, facts_of(db, found))


def facts_of(db: Session, found: MeetingRow) -> texts.Meeting:
    return texts.Meeting(
        meeting_id=found.id,
        number=found.number,
        started_at=found.started_at,
        items=[(isolated(item.text), item.spent) for item in store.agenda(db, found)],
        item=found.item,
        item_since=found.item_since,
        facilitator=name(db, found.facilitator),
        note_taker=name(db, found.note_taker),
        speaker=name(db, found.speaker),
        queue=roll.names_in(db, [row.member for row in store.queue(db, found)]),
        there=store.attendee_count(db, found),
        notes=store.note_count(db, found),
        drawn=bool(found.pool_document),
        commitment=lots.commitment(found.secret),
    )


def name(db: Session, member: MemberRow | None) -> str:
    return roll.name_in(db, member) if member else ""


def show(db: Session, meeting_id: int, v: Voice) -> Open:
    """As lists of what is open name it."""
    found = db.get_one(MeetingRow, meeting_id)
    return Open(found.number, texts.in_lists(v), (BOARD, found.id), found.started_at + rules.LONGEST)
