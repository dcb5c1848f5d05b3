"""Boards: messages that show live state. A change raises the version; the sender draws what is true when it comes to it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.delivery.outbox import promise
from models import BoardRow, ChatRow

FIRST = timedelta(seconds=1)  # from a change to the edit that shows it
EVERY = timedelta(seconds=4)  # between two edits of one board

Face = Callable[[Session, BoardRow], Message]  # draws a board from what is true now
Faces = Mapping[str, Face]


def put_up(db: Session, chat: ChatRow, kind: str, subject_id: int, *, now: datetime, thread: str | None = None) -> None:
    """Promise a board about this subject to a group's chat; a second call is harmless."""
    found = db.scalar(select(BoardRow).filter_by(chat_id=chat.id, kind=kind, subject_id=subject_id))
    if found is None:
        board = BoardRow(group_id=chat.group_id, chat_id=chat.id, kind=kind, subject_id=subject_id, thread=thread)
        db.add(board)
        db.flush()
        post(db, board, chat, now)


def post(db: Session, board: BoardRow, chat: ChatRow, now: datetime) -> None:
    key = f"board:{board.kind}:{board.subject_id}:{chat.id}:{board.posted}"
    promise(db, chat, key, now, must=True, board_id=board.id, thread=board.thread)


def put_up_anew(db: Session, board: BoardRow, now: datetime) -> None:
    """The message was deleted: promise the board as a new one."""
    board.message_id, board.face = None, None
    board.posted += 1
    post(db, board, board.chat, now)


def touch(db: Session, kind: str, subject_id: int, now: datetime) -> None:
    """What the board shows has changed."""
    db.execute(
        update(BoardRow)
        .where(BoardRow.kind == kind, BoardRow.subject_id == subject_id)
        .values(version=BoardRow.version + 1, stale_since=func.coalesce(BoardRow.stale_since, now))
    )
