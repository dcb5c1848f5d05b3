"""The messages of a grant, drawn from what is true now."""

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import roll
from bot.features.grants import texts
from bot.language import Voice
from bot.routing.feature import voice_at
from bot.routing.house import Open, prefix_on
from bot.tidy import isolated, tidy
from models import BoardRow, GrantRow, MandateRow


def grant_board(db: Session, board: BoardRow) -> Message:
    grant = db.get_one(GrantRow, board.subject_id)
    ends_at = db.get_one(MandateRow, grant.mandate_id).ends_at if grant.mandate_id else None
    asked = texts.Asked(grant.id, grant.number, roll.mention_in(db, grant.member), isolated(grant.role), grant.state)
    return texts.grant(voice_at(db, board), asked, grant.answer_by, ends_at)


def delegation_board(db: Session, board: BoardRow) -> Message:
    grant = db.get_one(GrantRow, board.subject_id)
    mandate = db.get_one(MandateRow, grant.mandate_id)
    sent = texts.Sent(
        number=grant.number,
        name=roll.name_in(db, grant.member),
        question=isolated(grant.question),
        instructions=isolated(grant.instructions),
        until=mandate.ends_at,
        running=mandate.state == "running",
        reported=bool(grant.report),
        prefix=prefix_on(board.chat.platform),
    )
    return texts.delegation(voice_at(db, board), sent)


def show_delegation(db: Session, grant_id: int, v: Voice) -> Open:
    """As lists of what is open name it."""
    grant = db.get_one(GrantRow, grant_id)
    title = texts.in_lists(v, roll.name_in(db, grant.member), isolated(tidy(grant.question)))
    until = db.get_one(MandateRow, grant.mandate_id).ends_at
    return Open(grant.number, title, ("delegation", grant.id), until)
