"""Offices: who holds a role now."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.tidy import folded
from models import DrawRow, GroupRow, MemberRow, TicketRow


def holders(db: Session, group: GroupRow, role: str) -> list[MemberRow]:
    """Those who accepted a seat in the newest finished draw for the role, and are still on the roll."""
    newest = select(DrawRow.id).filter_by(group_id=group.id, role_key=folded(role), state="drawn")
    found = db.scalar(newest.order_by(DrawRow.number.desc()).limit(1))
    query = select(MemberRow).join(TicketRow, TicketRow.member_id == MemberRow.id).options(joinedload(MemberRow.account))
    query = query.where(TicketRow.draw_id == found, TicketRow.answer == "accepted", MemberRow.left_at.is_(None))
    return list(db.scalars(query.order_by(TicketRow.place)))
