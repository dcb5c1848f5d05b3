"""Who is quick answers a message before we have written down that it stands: what is said about it waits until we have."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from bot.chat.incoming import KeyPressed, Received, Replied
from bot.chat.message import from_json
from bot.routing import pressed
from bot.routing.taking import LONGEST_NAME, kept
from models import ChatRow, PromiseRow

GLANCE = 0.05  # seconds between two looks whether it is written down
PATIENCE = timedelta(seconds=2)  # in all
GLANCES = round(PATIENCE.total_seconds() / GLANCE)
Pointing = KeyPressed | Replied


def pointing(events: Iterable[Received]) -> list[Pointing]:
    """Those that are about a message and do not tell which of our deliveries it was."""
    said = (received.event for received in events)
    return [event for event in said if isinstance(event, Replied) or (isinstance(event, KeyPressed) and not event.op)]


def is_early(db: Session, events: Sequence[Pointing]) -> bool:
    """Whether what one of them is about may just be on its way: it names a message that we do not know, or names none."""
    chats = {chat_of(event) for event in events}
    there = select(PromiseRow).join(ChatRow).where(tuple_(ChatRow.platform, ChatRow.ref).in_(chats))
    sending = [row for row in db.scalars(there.where(PromiseRow.state == "waiting", PromiseRow.trying)) if wants_an_answer(row)]
    return any(may_be(db, event, row) for row in sending for event in events)


def chat_of(event: Pointing) -> tuple[str, str]:
    return event.origin.chat.platform, kept(event.origin.chat.id, LONGEST_NAME)


def wants_an_answer(row: PromiseRow) -> bool:
    return row.awaits is not None or row.board_id is not None or (row.body is not None and bool(from_json(row.body).buttons))


def may_be(db: Session, event: Pointing, row: PromiseRow) -> bool:
    """Whether the event may be about this message."""
    if chat_of(event) != (row.chat.platform, row.chat.ref):
        return False
    named = event.quoted.message_id if isinstance(event, Replied) else event.message_id or ""
    return not named or not pressed.stands(db, row.chat, kept(named, LONGEST_NAME))
