"""Circles: named lists of members; where there is none of a name, those who hold the role of that name."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.commons import offices
from bot.tidy import folded, tidy
from models import CircleMemberRow, CircleRow, GroupRow, MemberRow

NAME_LIMIT = 64  # characters


def find(db: Session, group: GroupRow, name: str) -> CircleRow | None:
    return db.scalar(select(CircleRow).filter_by(group_id=group.id, key=key_of(name)))


def key_of(name: str) -> str:
    return folded(tidy(name, NAME_LIMIT))


def all_of(db: Session, group: GroupRow) -> list[CircleRow]:
    """In the order in which they came."""
    return list(db.scalars(select(CircleRow).filter_by(group_id=group.id).order_by(CircleRow.id)))


def keys(db: Session, group: GroupRow) -> set[str]:
    """The folded names of all circles."""
    return set(db.scalars(select(CircleRow.key).filter_by(group_id=group.id)))


def members_of(db: Session, group: GroupRow, name: str, now: datetime) -> list[MemberRow]:
    """Those in the circle of that name who are on the roll; where there is no such circle, the holders of the role."""
    found = find(db, group, name)
    return people_of(db, found) if found else offices.holders(db, group, name, now)


def people_of(db: Session, circle: CircleRow) -> list[MemberRow]:
    """Who is in it and on the roll, in the order in which they came onto it."""
    query = select(MemberRow).join(CircleMemberRow, CircleMemberRow.member_id == MemberRow.id)
    query = query.where(CircleMemberRow.circle_id == circle.id, MemberRow.left_at.is_(None))
    return list(db.scalars(query.options(joinedload(MemberRow.account)).order_by(MemberRow.joined_at, MemberRow.id)))
