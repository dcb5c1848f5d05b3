"""Which button a reaction or a typed number means, and what a reply is about: looked up at the message that stands there."""

from collections.abc import Container, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.action import Action, action
from bot.chat.incoming import KeyPressed
from bot.chat.message import Button, from_json
from bot.delivery.lane import op_id
from bot.refusal import Refused
from models import BoardRow, ChatRow, PromiseRow

LOOK_BACK = 30  # messages
COLOURFUL = "\ufe0f"  # the selector that some clients add to an emoji and others leave away


def action_for(db: Session, chat: ChatRow, event: KeyPressed) -> str | None:
    """The packed action, or None if it is no press at all. Refused: a typed number that fits no button."""
    buttons = buttons_of(db, chat, event.message_id, event.op) if event.message_id else latest_buttons(db, chat)
    if not buttons:
        return None
    number = int(event.key) if event.key.isascii() and event.key.isdigit() and len(event.key) < 4 else None
    for place, button in enumerate(buttons, start=1):
        if number == place or bare(event.key) in (bare(button.emoji), button.action.packed):
            return button.action.packed
    if event.typed:
        raise Refused("no such button")
    return None


def bare(emoji: str) -> str:
    return emoji.replace(COLOURFUL, "")


def board_at(db: Session, chat: ChatRow, message_id: str) -> BoardRow | None:
    return db.scalar(select(BoardRow).filter_by(chat_id=chat.id, message_id=message_id))


def buttons_at(db: Session, chat: ChatRow, message_id: str) -> tuple[Button, ...]:
    board = board_at(db, chat, message_id)
    if board is not None and board.face:
        return from_json(board.face).buttons
    row = db.scalar(select(PromiseRow).filter_by(chat_id=chat.id, message_id=message_id).limit(1))
    return from_json(row.body).buttons if row is not None and row.body else ()


def stands(db: Session, chat: ChatRow, message_id: str) -> bool:
    """Whether we know it as a message of ours."""
    said = select(PromiseRow.id).filter_by(chat_id=chat.id, message_id=message_id)
    return board_at(db, chat, message_id) is not None or db.scalar(said.limit(1)) is not None


def buttons_of(db: Session, chat: ChatRow, message_id: str, op: str) -> tuple[Button, ...]:
    """Those of the message; who is quick presses before we have written down that it stands."""
    return buttons_at(db, chat, message_id) or (buttons_under_way(db, chat, op) if op else ())


def buttons_under_way(db: Session, chat: ChatRow, op: str) -> tuple[Button, ...]:
    tried = select(PromiseRow).where(PromiseRow.chat_id == chat.id, PromiseRow.state == "waiting", PromiseRow.tried_at.is_not(None))
    found = next((row for row in db.scalars(tried) if op_id(row.key) == op), None)
    return from_json(found.body).buttons if found is not None and found.body else ()


def latest_buttons(db: Session, chat: ChatRow) -> tuple[Button, ...]:
    """Those of the newest message that has any."""
    return next(filter(None, (buttons_at(db, chat, message_id) for message_id in newest(db, chat))), ())


def newest(db: Session, chat: ChatRow) -> Iterator[str]:
    """The latest messages that stand in the chat, the newest first."""
    standing = select(PromiseRow.message_id).where(PromiseRow.chat_id == chat.id, PromiseRow.message_id.is_not(None))
    yield from map(str, db.scalars(standing.order_by(PromiseRow.id.desc()).limit(LOOK_BACK)))


def asked_about(db: Session, chat: ChatRow, message_id: str, kinds: Container[str]) -> Action | None:
    """What words in reply to this message are about, if they are for one of these kinds; without an id: to the newest such."""
    candidates = [message_id] if message_id else newest(db, chat)
    subjects = (subject_at(db, chat, candidate) for candidate in candidates)
    return next((subject for subject in subjects if subject and subject.verb in kinds), None)


def subject_at(db: Session, chat: ChatRow, message_id: str) -> Action | None:
    board = board_at(db, chat, message_id)
    if board is not None:
        return action(board.kind, board.subject_id)
    asked = select(PromiseRow.awaits).filter_by(chat_id=chat.id, message_id=message_id).limit(1)
    awaits = db.scalar(asked)
    return Action.unpack(awaits) if awaits else None
