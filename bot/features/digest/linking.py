"""Where in a room the messages stand: on which something open can be answered, and that told of an entry."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.refs import ChatRef, MessageRef
from bot.routing.house import House, Open
from models import BoardRow, ChatRow, PromiseRow, PublicationRow


def links_in(db: Session, chat: ChatRow, found: Iterable[Open], house: House) -> Mapping[int, str]:
    """The addresses, by D-number; of those that stand in this room, where its platform has addresses."""
    links = ((each.number, link_to(db, chat, each.board, house)) for each in found)
    return {number: link for number, link in links if link is not None}


def link_to(db: Session, chat: ChatRow, board: tuple[str, int], house: House) -> str | None:
    query = select(BoardRow.message_id).filter_by(kind=board[0], subject_id=board[1], chat_id=chat.id)
    message_id = db.scalar(query)
    return address(chat, message_id, house) if message_id else None


def read_in(db: Session, chat: ChatRow, group_id: int, between: tuple[int, int], house: House) -> Mapping[int, str]:
    """Where the room was told of entries after the one number and up to the other, by their numbers."""
    first, last = between
    query = select(PublicationRow.place, PromiseRow.message_id).join(PromiseRow, PromiseRow.key == PublicationRow.key)
    query = query.where(PublicationRow.group_id == group_id, PublicationRow.place > first, PublicationRow.place <= last)
    query = query.where(PublicationRow.chat_id == chat.id, PromiseRow.message_id.is_not(None))
    links = ((place, address(chat, message_id or "", house)) for place, message_id in db.execute(query))
    return {place: link for place, link in links if link is not None}


def address(chat: ChatRow, message_id: str, house: House) -> str | None:
    return house.link(MessageRef(ChatRef(chat.platform, chat.ref), message_id))
