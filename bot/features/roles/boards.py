"""The board of a change that was announced."""

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.features.roles import facts
from bot.features.roles.changed import texts as changed
from bot.routing.feature import voice_at
from models import BoardRow, RoleChangeRow


def change_board(db: Session, board: BoardRow) -> Message:
    change = db.get_one(RoleChangeRow, board.subject_id)
    return changed.announcement(voice_at(db, board), facts.of_change(db, change), facts.prefix_in(board.chat))
