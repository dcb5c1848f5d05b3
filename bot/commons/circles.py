"""Circles: named lists of members; where there is none of a name, those who hold the role of that name."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.commons import offices, roles
from bot.refusal import Refused
from bot.tidy import folded, isolated, tidy
from models import CircleMemberRow, CircleRow, GroupRow, MemberRow

NAME_LIMIT = 64  # characters


def find(db: Session, group: GroupRow, name: str) -> CircleRow | None:
    return db.scalar(select(CircleRow).filter_by(group_id=group.id, key=key_of(name)))


def key_of(name: str) -> str:
    return folded(tidy(name, NAME_LIMIT))


def check_role(db: Session, group: GroupRow, name: str) -> None:
    """Refused: a role that there is not yet would be called like a circle, and nobody could tell which of them is meant."""
    role, circle = roles.find(db, group, name), find(db, group, name)
    if circle is not None and (role is None or role.state == "ended"):
        raise Refused("role is a circle", name=isolated(circle.name))


def is_role(db: Session, group: GroupRow, name: str) -> bool:
    """Whether there is a role of that name, held by somebody or not."""
    role = roles.find(db, group, name)
    return role is not None and role.state == "open"


def bring_along(db: Session, own: GroupRow, joint: GroupRow) -> None:
    """A copy of each circle of a group whose room joins another. Where that has a circle or role of the name, it stays as it is."""
    for circle in all_of(db, own):
        if find(db, joint, circle.name) is None and not is_role(db, joint, circle.name):
            made = CircleRow(group_id=joint.id, name=circle.name, key=circle.key, created_at=circle.created_at)
            db.add(made)
            db.flush()
            persons = [member.person_id for member in people_of(db, circle)]
            there = select(MemberRow).where(MemberRow.group_id == joint.id, MemberRow.person_id.in_(persons))
            places = [CircleMemberRow(circle_id=made.id, member_id=each.id, group_id=joint.id) for each in db.scalars(there)]
            db.add_all(places)


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
