"""Promises: a message is written down in the transaction that makes it true, and sent afterwards."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.chat.action import Action
from bot.chat.message import Message, to_json
from bot.delivery.wire import pieces
from models import ChatRow, PromiseRow
from models.database import add_if_new


def say(
    db: Session,
    chat: ChatRow,
    message: Message,
    *,
    key: str,
    now: datetime,
    must: bool = False,
    thread: str | None = None,
    reply_to: str | None = None,
    pin: bool = False,
    awaits: Action | None = None,
) -> bool:
    """Promise the message to the chat. Promising the same key twice is harmless; says whether it was new.

    `must`: repeated once if nobody knows whether it arrived (results, draws); otherwise it is sent at most once.
    `pin`: pinned once it stands. `awaits`: words in reply to it go to `Feature.replies` of this verb, about this subject.
    """
    asks, new = awaits.packed if awaits else None, False
    for n, piece in enumerate(pieces(message), start=1):
        part = key if n == 1 else f"{key}#{n}"
        place = {"thread": thread, "reply_to": reply_to if n == 1 else None, "pin": pin and n == 1}
        new = promise(db, chat, part, now, body=to_json(piece), must=must, awaits=asks, **place) or new
    return new


def keys_of(message: Message, key: str) -> list[str]:
    """Of all pieces, in order."""
    return [key if n == 1 else f"{key}#{n}" for n in range(1, len(pieces(message)) + 1)]


def last_key(message: Message, key: str) -> str:
    """Of the piece with which all of it is said."""
    return keys_of(message, key)[-1]


def promise(db: Session, chat: ChatRow, key: str, now: datetime, *, must: bool, **rest: Any) -> bool:
    return add_if_new(
        db,
        PromiseRow,
        chat_id=chat.id,
        key=key,
        must=must,
        promised_at=now,
        state="waiting",
        tries=0,
        unknowns=0,
        trying=False,
        **rest,
    )
