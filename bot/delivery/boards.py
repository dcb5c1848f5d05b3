"""Boards: messages that show live state. A change raises the version; the sender draws what is true when it comes to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.delivery.outbox import promise
from models import Base, BoardRow, ChatRow, PromiseRow
from models.held import hold
from models.memory import memory, once

BOARDS = Base.metadata.tables[BoardRow.__tablename__]
RAISE = (
    update(BOARDS)
    .where(BOARDS.c.kind == bindparam("what"), BOARDS.c.subject_id == bindparam("whose"))
    .values(
        version=BOARDS.c.version + bindparam("by"),
        stale_since=func.coalesce(BOARDS.c.stale_since, bindparam("at", type_=BOARDS.c.stale_since.type)),
    )
)
Touched = dict[tuple[str, int], int]  # kind and subject of a board -> how often what it shows has changed


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How soon a board shows its first change, and how long it stands between two edits."""

    first: timedelta = timedelta(seconds=1)
    every: timedelta = timedelta(seconds=4)

    def edit_due_at(self, stale_since: datetime, edited_at: datetime | None) -> datetime:
        soon = stale_since + self.first
        return soon if edited_at is None else max(soon, edited_at + self.every)


Face = Callable[[Session, BoardRow], Message]  # draws a board from what is true now
Faces = Mapping[str, Face]


def put_up(
    db: Session,
    chat: ChatRow,
    kind: str,
    subject_id: int,
    *,
    now: datetime,
    thread: str | None = None,
    pin: bool = False,
    group_id: int | None = None,
) -> str:
    """Promise a board about this subject to a chat, and give the promise's key; one that stands there already is put up anew.

    `pin`: pinned once it stands. `group_id`: which group it is about, in a private chat.
    """
    board = db.scalar(select(BoardRow).filter_by(chat_id=chat.id, kind=kind, subject_id=subject_id))
    if board is not None:
        board.thread, board.pin = thread, pin
        return put_up_anew(db, board, now)
    place = {"group_id": group_id or chat.group_id, "chat_id": chat.id, "thread": thread, "pin": pin}
    board = BoardRow(kind=kind, subject_id=subject_id, posted=1, **place)
    db.add(board)
    db.flush()
    return post(db, board, chat, now)


def thread_of(db: Session, kind: str, subject_id: int, chat_id: int) -> str | None:
    """The topic in which the board stands."""
    return db.scalar(select(BoardRow.thread).filter_by(kind=kind, subject_id=subject_id, chat_id=chat_id))


def may_stand(db: Session, kind: str, subject_id: int) -> bool:
    """Whether the board stands anywhere, or may: it is being sent, or nobody knows what became of it."""
    return once(db, ("may stand", kind, subject_id), lambda: stands_or_may(db, kind, subject_id) or None) is not None


def stands_or_may(db: Session, kind: str, subject_id: int) -> bool:
    """Asked in this order, because it may be written down between the two that it stands."""
    there = select(BoardRow.id).filter_by(kind=kind, subject_id=subject_id)
    begun = select(PromiseRow.id).where(PromiseRow.state.in_(["waiting", "unknown"]), PromiseRow.tried_at.is_not(None))
    if db.scalar(begun.where(PromiseRow.board_id.in_(there)).limit(1)) is not None:
        return True
    return db.scalar(there.where(BoardRow.message_id.is_not(None)).limit(1)) is not None


def post(db: Session, board: BoardRow, chat: ChatRow, now: datetime) -> str:
    key = f"board:{board.kind}:{board.subject_id}:{chat.id}:{board.posted}"
    promise(db, chat, key, now, must=True, board_id=board.id, thread=board.thread, pin=board.pin)
    return key


def put_up_anew(db: Session, board: BoardRow, now: datetime) -> str:
    """The message was deleted: promise the board as a new one, under this key."""
    board.message_id, board.face = None, None
    board.posted += 1
    return post(db, board, board.chat, now)


def touch(db: Session, kind: str, subject_id: int, now: datetime) -> None:
    """What the board shows has changed. Each change raises its version by one; of many in one transaction all at once."""
    touched: Touched = memory(db).setdefault("touched", {})
    if (kind, subject_id) not in touched:
        look_again(db, kind, subject_id)
    touched[kind, subject_id] = touched.get((kind, subject_id), 0) + 1
    hold(db, BOARDS.name, ("touched", id(touched)), partial(raise_versions, touched, now))


def look_again(db: Session, kind: str, subject_id: int) -> None:
    """Whoever has the board's row at hand reads there how it is."""
    for row in db.identity_map.values():
        if isinstance(row, BoardRow) and (row.kind, row.subject_id) == (kind, subject_id):
            db.expire(row, ["version", "stale_since"])


def raise_versions(touched: Touched, now: datetime, connection: Connection) -> None:
    rows = [{"what": kind, "whose": subject_id, "by": by, "at": now} for (kind, subject_id), by in touched.items()]
    touched.clear()
    connection.execute(RAISE, rows)


def touch_group(db: Session, group_id: int, now: datetime) -> None:
    """The group's language or zone has changed: all its boards that still have buttons are worded anew."""
    for board in db.scalars(select(BoardRow).where(BoardRow.group_id == group_id, BoardRow.message_id.is_not(None))):
        if board.face and board.face["rows"]:
            touch(db, board.kind, board.subject_id, now)
