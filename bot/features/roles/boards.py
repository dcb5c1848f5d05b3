"""The board of a change that was announced."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.chat.message import Block, Message
from bot.features.roles import facts
from bot.features.roles.changed import texts as changed
from bot.language import Voice
from bot.routing.feature import voice_at
from models import BoardRow, RoleChangeRow


def change_board(db: Session, board: BoardRow) -> Message:
    change = db.get_one(RoleChangeRow, board.subject_id)
    return changed.announcement(voice_at(db, board), facts.of_change(db, change), facts.prefix_in(board.chat))


def story(db: Session, change_id: int, v: Voice) -> Sequence[Block]:
    return changed.story(v, facts.of_change(db, db.get_one(RoleChangeRow, change_id)))
