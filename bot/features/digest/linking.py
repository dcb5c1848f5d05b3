"""Where in a room the message stands on which something open can be answered."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.refs import ChatRef, MessageRef
from bot.routing.house import House, Open
from models import BoardRow, ChatRow


def links_in(db: Session, chat: ChatRow, found: Iterable[Open], house: House) -> Mapping[int, str]:
    """The addresses, by D-number; of those that stand in this room, where its platform has addresses."""
    links = ((each.number, link_to(db, chat, each.board, house)) for each in found)
    return {number: link for number, link in links if link is not None}


def link_to(db: Session, chat: ChatRow, board: tuple[str, int], house: House) -> str | None:
    query = select(BoardRow.message_id).filter_by(kind=board[0], subject_id=board[1], chat_id=chat.id)
    message_id = db.scalar(query)
    return house.link(MessageRef(ChatRef(chat.platform, chat.ref), message_id)) if message_id else None
