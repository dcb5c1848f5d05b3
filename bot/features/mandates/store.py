"""Mandates that come due: rows in and out."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from bot.routing.feature import Due
from models import GroupRow, MandateRow, MemberRow

TOGETHER = 50  # mandates of one group that end in one transaction, so that nobody has to wait long for an answer
RUNS = MandateRow.state == "running"


def ends_due(db: Session, now: datetime) -> Sequence[Due]:
    """One for each so many of a group's that are over; which they are is asked when it is settled."""
    query = select(MandateRow.id, MandateRow.ends_at, MandateRow.group_id).where(RUNS, MandateRow.ends_at <= now)
    rows = db.execute(query.order_by(MandateRow.group_id, MandateRow.ends_at, MandateRow.id)).all()
    heads = [row for _, of_group in groupby(rows, attrgetter("group_id")) for row in list(of_group)[::TOGETHER]]
    return [Due(row.id, row.ends_at, row.group_id) for row in sorted(heads, key=attrgetter("ends_at"))]


def next_end(db: Session) -> datetime | None:
    return db.scalar(select(func.min(MandateRow.ends_at)).where(RUNS))


def over(db: Session, group: GroupRow, now: datetime) -> list[MandateRow]:
    """The group's mandates that run although their time has come: the first of them, those first that ended first."""
    query = select(MandateRow).where(RUNS, MandateRow.group_id == group.id, MandateRow.ends_at <= now)
    query = query.options(joinedload(MandateRow.member).joinedload(MemberRow.account), joinedload(MandateRow.role))
    return list(db.scalars(query.order_by(MandateRow.ends_at, MandateRow.id).limit(TOGETHER)))


def locked_group(db: Session, mandate_id: int) -> GroupRow:
    """Its group, one event of which is handled at a time."""
    its_group = select(MandateRow.group_id).filter_by(id=mandate_id).scalar_subquery()
    return db.scalars(select(GroupRow).where(GroupRow.id == its_group).with_for_update()).one()
