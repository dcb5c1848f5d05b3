"""Offices: who holds a role now."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.commons import roles
from models import GroupRow, MandateRow, MemberRow, RoleRow


def holders(db: Session, group: GroupRow, role: str, now: datetime | None = None) -> list[MemberRow]:
    """Those whose mandate runs, is not suspended, and who are on the roll. `now`: not those either whose term is over by then."""
    found = roles.find(db, group, role)
    return holders_of(db, found, now) if found else []


def holders_of(db: Session, role: RoleRow, now: datetime | None = None) -> list[MemberRow]:
    query = select(MemberRow).join(MandateRow, MandateRow.member_id == MemberRow.id).options(joinedload(MemberRow.account))
    query = query.where(MandateRow.role_id == role.id, MandateRow.state == "running", MandateRow.suspended_at.is_(None))
    query = query.where(MemberRow.left_at.is_(None))
    if now is not None:
        query = query.where(MandateRow.ends_at > now)
    return list(db.scalars(query.order_by(MandateRow.starts_at, MandateRow.id)))
