"""What one chat is sent next, and what becomes of it: transactions of the sender, without any waiting."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from bot.chat.adapter import Delivery
from bot.chat.message import Message, from_json, to_json
from bot.chat.refs import ChatRef, MessageRef
from bot.delivery.backoff import EDIT_AGAIN, REPEAT_AFTER, pause
from bot.delivery.boards import Faces, Rhythm, put_up_anew
from bot.delivery.forgetting import WORDS_KEPT
from bot.delivery.moving import rekey
from bot.delivery.texts import topic_gone
from bot.delivery.wire import one_piece, pieces
from bot.language import Voice
from models import BoardRow, ChatRow, PromiseRow, PublicationRow

MOST_TRIES = 10  # of one message, if the run ends during each


@dataclass(frozen=True, slots=True)
class Task:
    """One sending: of a promise, or of a board's newest face."""

    delivery: Delivery
    promise_id: int | None = None
    board_id: int | None = None
    version: int = 0
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing to send before this instant (None: before something new is promised)."""

    until: datetime | None


def lanes_with_work(db: Session, accounts: Collection[str]) -> dict[int, str]:
    """Chats of these accounts that have anything to send, now or later, and the account of each."""
    promised = select(PromiseRow.chat_id).where(PromiseRow.state == "waiting")
    stale = select(BoardRow.chat_id).where(BoardRow.version > BoardRow.shown, BoardRow.message_id.is_not(None))
    chats = select(ChatRow.id, ChatRow.served_by.label("account")).where(
        ChatRow.state == "open", ChatRow.served_by.in_(accounts), or_(ChatRow.id.in_(promised), ChatRow.id.in_(stale))
    )
    return {row.id: row.account for row in db.execute(chats)}


def lanes_with_answers(db: Session) -> set[int]:
    """Chats in which an answer to what was said there waits to be sent."""
    return set(db.scalars(select(PromiseRow.chat_id).where(PromiseRow.state == "waiting", PromiseRow.key.startswith("answer:"))))


def recover(db: Session, now: datetime) -> None:
    """After a start: what was being sent when the last run ended may have arrived or not."""
    for row in db.scalars(select(PromiseRow).filter_by(trying=True)):
        interrupted(row, repeatable=row.chat.platform != "telegram", again_at=now)


def interrupted(row: PromiseRow, repeatable: bool, again_at: datetime) -> None:
    """As likely as not it never left, so a `must` is repeated after each such end; but not for ever, lest it be the cause."""
    row.trying = False
    if repeatable or (row.must and row.tries < MOST_TRIES):
        row.not_before = again_at
    else:
        end(row, "unknown", again_at)


def end(row: PromiseRow, state: str, now: datetime) -> None:
    """Nothing more is done for it; what it says is kept for a while."""
    row.state, row.trying, row.words_until = state, False, now + WORDS_KEPT


def next_task(
    db: Session, chat_id: int, account: str, now: datetime, faces: Faces, rhythm: Rhythm, board_room: datetime
) -> Task | Rest:
    """The lane's next sending, marked as being tried, unless another account has the chat by now; boards wait for `board_room`."""
    chat = db.get_one(ChatRow, chat_id)
    if chat.state != "open" or chat.served_by != account:
        return Rest(None)
    if chat.not_before is not None and chat.not_before > now:
        return Rest(chat.not_before)
    row = db.scalar(select(PromiseRow).filter_by(chat_id=chat_id, state="waiting").order_by(PromiseRow.id).limit(1))
    if row is None:
        return next_edit(db, chat, now, faces, rhythm, board_room)
    if row.not_before is not None and row.not_before > now:
        return Rest(row.not_before)
    return try_promise(db, row, chat, now, faces)


def try_promise(db: Session, row: PromiseRow, chat: ChatRow, now: datetime, faces: Faces) -> Task:
    if row.body is None:
        draw_face(db, row, faces)
    assert row.body is not None
    first_tried = None if row.tried_at is None else now - row.tried_at
    row.trying, row.tries, row.tried_at = True, row.tries + 1, row.tried_at or now
    message = from_json(row.body)
    delivery = delivery_to(chat, message, row.key, thread=row.thread, reply_to=row.reply_to, first_tried=first_tried)
    return Task(replace(delivery, pin=bool(row.pin)), promise_id=row.id, tries=row.tries)


def draw_face(db: Session, row: PromiseRow, faces: Faces) -> None:
    """A board that goes up shows what is true at its first try, whenever it arrives; the rest is an edit."""
    board = held(db, row.board_id)
    row.body = to_json(one_piece(faces[board.kind](db, board)))
    board.shown, board.stale_since = board.version, None


def next_edit(db: Session, chat: ChatRow, now: datetime, faces: Faces, rhythm: Rhythm, board_room: datetime) -> Task | Rest:
    stale = db.scalars(
        select(BoardRow).where(BoardRow.chat_id == chat.id, BoardRow.version > BoardRow.shown, BoardRow.message_id.is_not(None))
    )
    due = [
        (max(rhythm.edit_due_at(board.stale_since or board.edited_at or now, board.edited_at), board_room), board.id, board)
        for board in stale
    ]
    if not due:
        return Rest(None)
    at, _, board = min(due)
    return Rest(at) if at > now else edit(db, board, chat, faces, now)


def held(db: Session, board_id: int | None) -> BoardRow:
    """The board, locked: a change that is being made meanwhile would be told as shown."""
    return db.get_one(BoardRow, board_id, with_for_update=True, populate_existing=True)


def edit(db: Session, board: BoardRow, chat: ChatRow, faces: Faces, now: datetime) -> Task | Rest:
    message = one_piece(faces[board.kind](db, board))
    if board.face == to_json(message):
        board.shown, board.stale_since = board.version, None
        return Rest(now)
    old = tuple(button.emoji for button in from_json(board.face).buttons) if board.face else ()
    key = f"edit:{board.id}:{board.posted}:{board.version}"
    delivery = delivery_to(chat, message, key, thread=board.thread, edits=board.message_id, old_buttons=old)
    return Task(delivery, board_id=board.id, version=board.version)


def delivery_to(
    chat: ChatRow,
    message: Message,
    key: str,
    *,
    thread: str | None,
    reply_to: str | None = None,
    first_tried: timedelta | None = None,
    edits: str | None = None,
    old_buttons: tuple[str, ...] = (),
) -> Delivery:
    return Delivery(
        chat=ChatRef(chat.platform, chat.ref),
        message=message,
        op=op_id(key),
        edits=edits,
        reply_to=reply_to,
        thread=thread,
        encrypted=chat.encrypted,
        first_tried=first_tried,
        old_buttons=old_buttons,
    )


def op_id(key: str) -> str:
    """The name under which a platform recognises a repetition of the same delivery."""
    return f"fm-{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def arrived(db: Session, task: Task, ref: MessageRef, now: datetime) -> None:
    if task.promise_id is not None:
        row = db.get_one(PromiseRow, task.promise_id)
        end(row, "sent", now)
        row.sent_at, row.message_id = now, ref.id
        published(db, row.key, now)
        if row.board_id is not None:
            board = held(db, row.board_id)
            board.message_id, board.face, board.edited_at, board.thread = ref.id, row.body, now, row.thread
    if task.board_id is not None:
        board = held(db, task.board_id)
        board.face, board.edited_at, board.shown = to_json(task.delivery.message), now, task.version
        board.stale_since = now if board.version > task.version else None


def published(db: Session, key: str, now: datetime) -> None:
    """If the message tells of an entry in the register: one look by key, and most tell of none."""
    named = or_(PublicationRow.key == key, PublicationRow.again_key == key)
    db.execute(update(PublicationRow).where(named, PublicationRow.delivered_at.is_(None)).values(delivered_at=now))


def to_be_tried_later(db: Session, task: Task, chat_id: int, until: datetime) -> None:
    """Surely not sent: the whole lane waits, across restarts too."""
    db.get_one(ChatRow, chat_id).not_before = until
    if task.promise_id is not None:
        untried(db.get_one(PromiseRow, task.promise_id))


def untried(row: PromiseRow) -> None:
    """As if this try had not been: it surely did not arrive."""
    row.trying, row.tries = False, row.tries - 1
    row.tried_at = row.tried_at if row.tries else None


def outcome_unknown(db: Session, task: Task, repeatable: bool, now: datetime) -> None:
    if task.promise_id is not None:
        row = db.get_one(PromiseRow, task.promise_id)
        wait = timedelta(seconds=pause(row.tries)) if repeatable else REPEAT_AFTER
        unknown(row, repeatable, now + wait)
    if task.board_id is not None:
        held(db, task.board_id).stale_since = now + EDIT_AGAIN


def unknown(row: PromiseRow, repeatable: bool, again_at: datetime) -> None:
    """A platform that drops repetitions may be asked again at will; on another a `must` is repeated once, the rest never."""
    row.trying = False
    row.unknowns += not repeatable
    if repeatable or (row.must and row.unknowns == 1):
        row.not_before = again_at
    else:
        end(row, "unknown", again_at)


def undeliverable(db: Session, task: Task, chat_id: int, account: str, why: str, now: datetime) -> None:
    """`closed` parks this account's lane; what cannot stand where it was meant to be may elsewhere; the rest has failed."""
    if task.promise_id is not None:
        row = db.get_one(PromiseRow, task.promise_id)
        row.trying = False
        if why != "closed" and not loosened(row, why):
            end(row, "failed", now)
    elif task.board_id is not None and why != "closed":
        lose(db, held(db, task.board_id), why, now)
    chat = db.get_one(ChatRow, chat_id)
    if why == "closed" and chat.served_by == account:
        chat.state = "closed"


def loosened(row: PromiseRow, why: str) -> bool:
    """Without its lost topic, or without the lost message that it answers, it is worth another try."""
    if why == "thread gone" and row.thread:
        row.thread = None
        row.body = explained(row) if row.body else None
        return True
    if why == "message gone" and row.reply_to:
        row.reply_to = None
        return True
    return False


def explained(row: PromiseRow) -> dict[str, Any]:
    """The message with a line on top that says why it stands in the general topic, if that fits; once for all its pieces."""
    assert row.body is not None
    said, group = from_json(row.body), row.chat.group
    voice = Voice(row.chat.language or group.language, group.zone) if group else Voice()
    told = replace(said, blocks=(topic_gone(voice), *said.blocks))
    return row.body if "#" in row.key or len(pieces(told)) > 1 else to_json(told)


def lose(db: Session, board: BoardRow, why: str, now: datetime) -> None:
    if why == "message gone":
        put_up_anew(db, board, now)
    elif why == "thread gone" and board.thread:
        board.thread = None
    else:
        board.shown, board.stale_since = board.version, None


def moved(db: Session, task: Task, chat_id: int, to: ChatRef) -> None:
    """The same chat under a new id. Boards are put up anew there: the old messages stayed behind."""
    rekey(db, db.get_one(ChatRow, chat_id), to)
    if task.promise_id is not None:
        untried(db.get_one(PromiseRow, task.promise_id))
