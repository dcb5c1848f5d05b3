"""A council's message, drawn from what is true now."""

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import offices, roll
from bot.features.councils import texts
from bot.language import Voice
from bot.routing.feature import voice_at
from bot.routing.house import Open, prefix_on
from bot.tidy import isolated, tidy
from models import BoardRow, CouncilRow


def council_board(db: Session, board: BoardRow) -> Message:
    council = db.get_one(CouncilRow, board.subject_id)
    facts = texts.Facts(
        number=council.number,
        issue=isolated(council.issue),
        role=isolated(council.role.name),
        seats=council.role.seats,
        members=roll.names(offices.holders_of(db, council.role)),
        until=council.ends_at,
        state=council.state,
        result=isolated(council.result),
        prefix=prefix_on(board.chat.platform),
    )
    return texts.council(voice_at(db, board), facts)


def show(db: Session, council_id: int, v: Voice) -> Open:
    """As lists of what is open name it."""
    council = db.get_one(CouncilRow, council_id)
    return Open(council.number, texts.in_lists(v, isolated(tidy(council.issue))), ("council", council.id), council.ends_at)
