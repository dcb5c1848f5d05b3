"""The board of a room that joins another group."""

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.features.links import texts
from bot.features.links.facts import facts_of
from bot.routing.feature import voice_at
from models import BoardRow, RoomLinkRow


def link_board(db: Session, board: BoardRow) -> Message:
    link = db.get_one(RoomLinkRow, board.subject_id)
    return texts.announcement(voice_at(db, board), facts_of(link, board.chat.platform))
