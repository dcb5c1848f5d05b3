"""The welcome, with the names in the hat as they are now."""

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import roll
from bot.features.setup import texts
from bot.routing.feature import voice_at
from bot.routing.house import prefix_on
from models import BoardRow, GroupRow


def welcome_board(db: Session, board: BoardRow) -> Message:
    group = db.get_one(GroupRow, board.group_id)
    names = roll.names(roll.members(db, group))
    where = texts.Where(board.chat.platform, board.chat.encrypted, prefix_on(board.chat.platform))
    return texts.welcome(voice_at(db, board), where, names)
