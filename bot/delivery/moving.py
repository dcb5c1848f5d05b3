"""A chat that goes on elsewhere, under another account, or again: its promises and boards come along."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.chat.refs import ChatRef
from bot.delivery.boards import put_up_anew
from models import BoardRow, ChatRow, PromiseRow


def rekey(db: Session, chat: ChatRow, to: ChatRef) -> None:
    """The chat keeps its one row, its group and its promises; whatever came up under the new id before gives way."""
    taken = db.scalar(select(ChatRow).filter_by(platform=to.platform, ref=to.id))
    if taken is not None and taken.id != chat.id:
        taken.ref, taken.state = f"{to.id} as chat {taken.id}", "closed"
        db.flush()
    chat.ref, chat.state = to.id, "open"
    leave_messages(db, chat)
    if taken is not None and taken.id != chat.id and taken.kind == "private":
        db.execute(update(PromiseRow).where(PromiseRow.chat_id == taken.id).values(chat_id=chat.id))


def leave_messages(db: Session, chat: ChatRow) -> None:
    """The old messages stayed behind, and the new chat may give their ids to others; boards in use are put up anew."""
    db.execute(update(PromiseRow).where(PromiseRow.chat_id == chat.id).values(message_id=None, reply_to=None, thread=None))
    for board in db.scalars(select(BoardRow).where(BoardRow.chat_id == chat.id, BoardRow.message_id.is_not(None))):
        board.message_id, board.thread = None, None
        if board.face and board.face["rows"]:
            put_up_anew(db, board, board.edited_at or chat.created_at)


def reopen(db: Session, chat: ChatRow) -> None:
    """The bot may write there again."""
    chat.state, chat.not_before = "open", None
