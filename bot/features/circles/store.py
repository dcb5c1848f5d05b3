"""Circles: rows in and out."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.routing.house import OnePerson
from models import CircleMemberRow, CircleRow, GroupRow, MemberRow


def count(db: Session, group: GroupRow) -> int:
    return db.scalar(select(func.count()).where(CircleRow.group_id == group.id)) or 0


def fill(db: Session, circle: CircleRow, people: Sequence[MemberRow]) -> None:
    """These are in it from now on, and no others."""
    empty(db, circle)
    db.add_all(CircleMemberRow(circle_id=circle.id, member_id=member.id, group_id=circle.group_id) for member in people)
    db.flush()


def empty(db: Session, circle: CircleRow) -> None:
    db.execute(delete(CircleMemberRow).where(CircleMemberRow.circle_id == circle.id))


def end(db: Session, circle: CircleRow) -> None:
    empty(db, circle)
    db.delete(circle)
    db.flush()


def merge(db: Session, found: OnePerson) -> Sequence[int]:
    """Whichever of two accounts was in a circle: the person is, once."""
    for place in db.scalars(select(CircleMemberRow).filter_by(member_id=found.gone.id)).all():
        if db.get(CircleMemberRow, (place.circle_id, found.kept.id)) is None:
            db.add(CircleMemberRow(circle_id=place.circle_id, member_id=found.kept.id, group_id=place.group_id))
        db.delete(place)
    db.flush()
    return ()
