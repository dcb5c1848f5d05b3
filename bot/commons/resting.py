"""Rest: who asks to be left in peace for a while. It ends by itself: who rests is asked of the time, and no flag is kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from models import GroupRow, MemberRow


def rests(member: MemberRow, now: datetime) -> bool:
    return member.resting_until is not None and member.resting_until > now


def until(member: MemberRow, now: datetime) -> datetime | None:
    """When the rest ends; None if there is none."""
    return member.resting_until if rests(member, now) else None


def awake(members: Sequence[MemberRow], now: datetime) -> list[MemberRow]:
    """Those of them who are not resting, in the same order."""
    return [member for member in members if not rests(member, now)]


def is_awake(now: datetime) -> ColumnElement[bool]:
    """The same in a query: of people to draw, to nudge or to wait for."""
    return or_(MemberRow.resting_until.is_(None), MemberRow.resting_until <= now)


def count(db: Session, group: GroupRow, now: datetime) -> int:
    """How many of those on the roll are resting: the group is told the number and no names."""
    on_roll = select(func.count()).where(MemberRow.group_id == group.id, MemberRow.left_at.is_(None))
    return db.scalar(on_roll.where(~is_awake(now))) or 0


def longer(one: datetime | None, other: datetime | None) -> datetime | None:
    """Of two rests of one person, the one that ends later."""
    return max(filter(None, (one, other)), default=None)
