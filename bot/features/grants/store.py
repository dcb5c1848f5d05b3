"""Grants: rows in and out."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.routing.feature import Due
from models import GrantRow, GroupRow, MandateRow, MemberRow


def locked(db: Session, grant_id: int) -> GrantRow:
    """With its group, which is locked first: register entries are given out one at a time."""
    found = db.get_one(GrantRow, grant_id)
    db.scalars(select(GroupRow).filter_by(id=found.group_id).with_for_update()).one()
    db.refresh(found, with_for_update=True)
    return found


def in_group(db: Session, group_id: int | None, grant_id: str) -> GrantRow | None:
    """The grant that a button speaks of, if it is this group's: anyone can forge a button."""
    if not grant_id.isascii() or not grant_id.isdecimal() or len(grant_id) > 15:
        return None
    return db.scalar(select(GrantRow).filter_by(id=int(grant_id), group_id=group_id).with_for_update())


def asked_already(db: Session, group: GroupRow, member: MemberRow, role: str) -> GrantRow | None:
    """The same, still under way."""
    query = select(GrantRow).filter_by(group_id=group.id, member_id=member.id, role=role)
    return db.scalar(query.where(GrantRow.state.in_(["asked", "offered"])).limit(1))


def of_member(db: Session, member: MemberRow) -> list[GrantRow]:
    return list(db.scalars(select(GrantRow).filter_by(member_id=member.id)))


def delegations(group: GroupRow) -> Select[GrantRow]:
    running = select(GrantRow).join(MandateRow, GrantRow.mandate_id == MandateRow.id)
    return running.where(GrantRow.group_id == group.id, GrantRow.question != "", MandateRow.state == "running")


def running_delegation(db: Session, group: GroupRow, number: int) -> int | None:
    """The delegation of this D-number, while it runs."""
    found = db.scalar(delegations(group).where(GrantRow.number == number).limit(1))
    return found.id if found else None


def running_delegations(db: Session, group: GroupRow) -> Sequence[int]:
    return [grant.number for grant in db.scalars(delegations(group).order_by(GrantRow.number))]


def offers_due(db: Session, now: datetime) -> Sequence[Due]:
    query = select(GrantRow).where(GrantRow.state == "offered", GrantRow.answer_by <= now)
    return [Due(grant.id, grant.answer_by or now, grant.group_id) for grant in db.scalars(query.order_by(GrantRow.answer_by))]


def next_offer(db: Session) -> datetime | None:
    return db.scalar(select(func.min(GrantRow.answer_by)).where(GrantRow.state == "offered"))


def dissolved() -> Select[GrantRow, datetime | None]:
    """Delegations whose mandate is over, and of which nobody has taken note yet."""
    query = select(GrantRow, MandateRow.ended_at).join(MandateRow, GrantRow.mandate_id == MandateRow.id)
    return query.where(GrantRow.state == "accepted", GrantRow.question != "", MandateRow.state == "ended")


def dissolved_due(db: Session, now: datetime) -> Sequence[Due]:
    return [Due(grant.id, at or now, grant.group_id) for grant, at in db.execute(dissolved().order_by(GrantRow.id))]


def next_dissolved(db: Session) -> datetime | None:
    found = db.execute(dissolved().limit(1)).first()
    return found[1] if found else None
