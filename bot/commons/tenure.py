"""Tenure: since when somebody must have been on the roll to have a say.

Where a group has set none, a wave of new people, more of them than of those who were there, waits a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models import GroupRow, MemberRow

LATELY = timedelta(days=1)
YOUNG = timedelta(days=7)  # while a group is that young, everybody is new, and nobody waits
LEAST = 3  # people who were there before, for others to be a wave among them


@dataclass(frozen=True, slots=True)
class Wave:
    """Of `all` on the roll, how many came onto it lately."""

    new: int
    all: int

    @property
    def is_one(self) -> bool:
        """More of them than of those who were there before."""
        return self.new > self.all - self.new >= LEAST

    @property
    def is_shown(self) -> bool:
        return self.new >= LEAST and 2 * self.new >= self.all


NONE = Wave(0, 0)


def since(db: Session, group: GroupRow, now: datetime) -> datetime:
    """Who came onto the roll later has no say yet."""
    said = (group.choices or {}).get("tenure")
    if said is not None:
        return now - timedelta(seconds=said)
    return now - LATELY if is_grown(group, now) and wave(db, group, now).is_one else now


def is_grown(group: GroupRow, now: datetime) -> bool:
    return group.created_at <= now - YOUNG


def wave(db: Session, group: GroupRow, now: datetime) -> Wave:
    there = (MemberRow.group_id == group.id, MemberRow.left_at.is_(None))
    return Wave(count(db, *there, MemberRow.joined_at > now - LATELY), count(db, *there))


def count(db: Session, *conditions: ColumnElement[bool]) -> int:
    return db.scalar(select(func.count()).select_from(MemberRow).where(*conditions)) or 0


def wave_among(group: GroupRow, people: Sequence[MemberRow], now: datetime) -> Wave:
    """How a board tells of it; nothing in a group in which everybody is new."""
    if not is_grown(group, now):
        return NONE
    return Wave(sum(member.joined_at > now - LATELY for member in people), len(people))
