"""The board of a term that draws to its end, drawn from what is true now."""

from sqlalchemy.orm import Session

from bot.chat.message import Mention, Message, Text
from bot.commons import resting, roles, roll
from bot.features.mandates.faces import texts
from bot.routing.feature import voice_at
from bot.tidy import isolated
from models import BoardRow, GroupRow, MandateRow


def term_board(db: Session, board: BoardRow) -> Message:
    mandate = db.get_one(MandateRow, board.subject_id)
    v, facts = voice_at(db, board), facts_of(db, mandate)
    return texts.own_term(v, facts) if board.chat.kind == "private" else texts.term(v, facts)


def facts_of(db: Session, mandate: MandateRow) -> texts.Term:
    group = db.get_one(GroupRow, mandate.group_id)
    return texts.Term(
        id=mandate.id,
        who=called(db, mandate),
        role=isolated(mandate.role.name),
        room=isolated(group.title),
        ends_at=mandate.ends_at,
        told_at=mandate.reminded_at or mandate.starts_at,
        outlook=mandate.outlook if mandate.state == "running" else "over",
        number=mandate.asked_number,
        next_until=roles.term_end(group, mandate.role, mandate.ends_at),
    )


def called(db: Session, mandate: MandateRow) -> Mention | Text:
    """By their name; who was resting when the group was told is not called for."""
    name = roll.name_in(db, mandate.member)
    told_at = mandate.reminded_at or mandate.starts_at
    return Text(name) if resting.rests(mandate.member, told_at) else Mention(roll.ref_of(mandate.member), name)
