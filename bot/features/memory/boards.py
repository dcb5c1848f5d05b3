"""The board that shows a page of the register."""

from sqlalchemy.orm import Session

from bot.chat.message import Message, from_json
from bot.features.memory import texts
from bot.routing.feature import voice_at
from models import BoardRow, SearchRow


def page_board(db: Session, board: BoardRow) -> Message:
    """As it was put together when it was asked for, or its page was turned."""
    search = db.get_one(SearchRow, board.subject_id)
    return from_json(search.face) if search.face else texts.over(voice_at(db, board))
