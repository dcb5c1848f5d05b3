"""Councils: rows in and out."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.routing.feature import Due
from models import CouncilRow, GroupRow, RoleRow


def locked(db: Session, council_id: int) -> CouncilRow:
    """With its group, which is locked first."""
    found = db.get_one(CouncilRow, council_id)
    db.scalars(select(GroupRow).filter_by(id=found.group_id).with_for_update()).one()
    db.refresh(found, with_for_update=True)
    return found


def find(db: Session, group: GroupRow, number: int) -> int | None:
    return db.scalar(select(CouncilRow.id).filter_by(group_id=group.id, number=number))


def open_numbers(db: Session, group: GroupRow) -> Sequence[int]:
    return db.scalars(select(CouncilRow.number).filter_by(group_id=group.id, state="open").order_by(CouncilRow.number)).all()


def due(db: Session, now: datetime) -> Sequence[Due]:
    query = select(CouncilRow).where(CouncilRow.state == "open", CouncilRow.ends_at <= now)
    return [Due(each.id, each.ends_at, each.group_id) for each in db.scalars(query.order_by(CouncilRow.ends_at, CouncilRow.id))]


def given_up(db: Session, now: datetime) -> Sequence[Due]:
    """Those whose role the group has ended."""
    query = select(CouncilRow).join(RoleRow, CouncilRow.role_id == RoleRow.id)
    query = query.where(CouncilRow.state == "open", RoleRow.state == "ended")
    return [Due(each.id, now, each.group_id) for each in db.scalars(query.order_by(CouncilRow.id))]


def nothing_ahead(db: Session) -> None:
    """A role ends by an event, and is looked for in each regular round."""


def upcoming(db: Session) -> datetime | None:
    return db.scalar(select(func.min(CouncilRow.ends_at)).where(CouncilRow.state == "open"))
