"""The board of a note, and how lists name it."""

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import roll
from bot.features.memory.notes import life, texts
from bot.language import Voice
from bot.routing.feature import voice_at
from bot.routing.house import SHOWN, Open, prefix_on
from bot.tidy import isolated, tidy
from models import BoardRow, NoteRow


def note_board(db: Session, board: BoardRow) -> Message:
    return texts.board(voice_at(db, board), facts_of(db, db.get_one(NoteRow, board.subject_id)), prefix_on(board.chat.platform))


def facts_of(db: Session, note: NoteRow) -> texts.NoteFacts:
    return texts.NoteFacts(
        note_id=note.id,
        number=note.number,
        kind=note.kind,
        by=roll.name_in(db, note.by),
        text=isolated(note.text),
        corrects=note.corrects,
        state=note.state,
        holds_at=note.holds_at,
        ended_at=note.ended_at,
        objector=roll.name_in(db, note.objector) if note.objector else "",
        reason=isolated(tidy(note.reason, 200)),
        decision=note.decision,
    )


def show(db: Session, note_id: int, v: Voice) -> Open:
    """As lists of what is open name it; one that is contested waits for the group."""
    note = db.get_one(NoteRow, note_id)
    closes_at = note.holds_at if note.state == "announced" else None
    return Open(note.number, isolated(tidy(note.text, SHOWN)), (life.BOARD, note.id), closes_at)
