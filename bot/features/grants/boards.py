"""The messages of a grant, drawn from what is true now."""

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import roll
from bot.features.grants import texts
from bot.routing.feature import voice_at
from bot.routing.house import prefix_on
from bot.tidy import isolated
from models import BoardRow, GrantRow, MandateRow


def grant_board(db: Session, board: BoardRow) -> Message:
    grant = db.get_one(GrantRow, board.subject_id)
    ends_at = db.get_one(MandateRow, grant.mandate_id).ends_at if grant.mandate_id else None
    asked = texts.Asked(grant.id, grant.number, roll.mention(grant.member), isolated(grant.role), grant.state)
    return texts.grant(voice_at(db, board), asked, grant.answer_by, ends_at)


def delegation_board(db: Session, board: BoardRow) -> Message:
    grant = db.get_one(GrantRow, board.subject_id)
    mandate = db.get_one(MandateRow, grant.mandate_id)
    sent = texts.Sent(
        number=grant.number,
        name=roll.name_of(grant.member),
        question=isolated(grant.question),
        instructions=isolated(grant.instructions),
        until=mandate.ends_at,
        running=mandate.state == "running",
        reported=bool(grant.report),
        prefix=prefix_on(board.chat.platform),
    )
    return texts.delegation(voice_at(db, board), sent)
