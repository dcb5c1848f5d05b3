"""Who is forgotten supports no recall, and what they gave as a reason or an answer goes."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.routing.forgetting import Forget, Forgotten
from models import RecallRow, SupportRow


def forget(db: Session, found: Forgotten) -> None:
    mine = or_(RecallRow.holder_id.in_(found.ids), RecallRow.opener_id.in_(found.ids))
    supported = RecallRow.id.in_(select(SupportRow.recall_id).where(SupportRow.member_id.in_(found.ids)))
    for recall_id in db.scalars(select(RecallRow.id).where(or_(mine, supported))):
        boards.touch(db, "recall", recall_id, found.now)


FORGET = Forget(
    empty={RecallRow.reason: RecallRow.opener_id, RecallRow.answer: RecallRow.holder_id},
    drop=(SupportRow.member_id,),
    then=forget,
)
