"""Changes of roles: rows in and out, and whether a role is in use."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import Session

from bot.routing.feature import Due
from bot.routing.house import OnePerson
from bot.routing.rooms import inhabited
from bot.tidy import folded
from models import DrawRow, ElectionRow, GrantRow, GroupRow, MandateRow, RoleChangeRow, RoleRow, TicketRow

UNDER_WAY = ("announced", "asked")


def locked(db: Session, change_id: int) -> RoleChangeRow:
    return db.scalars(select(RoleChangeRow).filter_by(id=change_id).with_for_update()).one()


def pressed(db: Session, group_id: int | None, change_id: str) -> RoleChangeRow | None:
    """The change that a button speaks of, if it is this group's: anyone can forge a button."""
    if not change_id.isdecimal() or len(change_id) > 15:
        return None
    return db.scalar(select(RoleChangeRow).filter_by(id=int(change_id), group_id=group_id).with_for_update())


def by_number(db: Session, group: GroupRow, number: int) -> int | None:
    return db.scalar(select(RoleChangeRow.id).filter_by(group_id=group.id, number=number))


def open_numbers(db: Session, group: GroupRow) -> list[int]:
    """Of those that can be objected to; what became a round is open as that."""
    query = select(RoleChangeRow.number).filter_by(group_id=group.id, state="announced")
    return list(db.scalars(query.order_by(RoleChangeRow.number)))


def pending(db: Session, group: GroupRow, key: str) -> RoleChangeRow | None:
    query = select(RoleChangeRow).where(RoleChangeRow.group_id == group.id, RoleChangeRow.state.in_(UNDER_WAY))
    return db.scalar(query.where(RoleChangeRow.key == key).limit(1))


def all_pending(db: Session, group: GroupRow) -> dict[str, RoleChangeRow]:
    """By the folded name of the role."""
    query = select(RoleChangeRow).where(RoleChangeRow.group_id == group.id, RoleChangeRow.state.in_(UNDER_WAY))
    return {change.key: change for change in db.scalars(query.order_by(RoleChangeRow.id))}


def names(db: Session, group: GroupRow) -> set[str]:
    """The folded names of all roles that there are or were."""
    return set(db.scalars(select(RoleRow.key).filter_by(group_id=group.id)))


def is_in_use(db: Session, group: GroupRow, role: RoleRow | None, key: str) -> bool:
    """Whether the group has defined it, somebody serves or served in it, or is about to."""
    if role is not None and (role.defined or role.state == "ended"):
        return True
    served = role is not None and db.scalar(select(exists().where(MandateRow.role_id == role.id)))
    granting = select(GrantRow.role).where(GrantRow.group_id == group.id, GrantRow.state.in_(["asked", "offered"]))
    asked = exists().where(TicketRow.draw_id == DrawRow.id, TicketRow.answer == "offered")
    drawn = select(exists().where(DrawRow.group_id == group.id, DrawRow.role_key == key, or_(DrawRow.state == "open", asked)))
    chosen = select(exists().where(ElectionRow.group_id == group.id, ElectionRow.role_key == key, ElectionRow.ended_at.is_(None)))
    return bool(served or db.scalar(drawn) or db.scalar(chosen) or key in map(folded, db.scalars(granting)))


def due(db: Session, now: datetime) -> Sequence[Due]:
    query = select(RoleChangeRow).where(RoleChangeRow.state == "announced", RoleChangeRow.holds_at <= now)
    query = query.where(inhabited(RoleChangeRow.group_id)).order_by(RoleChangeRow.holds_at, RoleChangeRow.id)
    return [Due(change.id, change.holds_at, change.group_id) for change in db.scalars(query)]


def upcoming(db: Session) -> datetime | None:
    query = select(func.min(RoleChangeRow.holds_at)).where(RoleChangeRow.state == "announced")
    return db.scalar(query.where(inhabited(RoleChangeRow.group_id)))


def announced(db: Session, group_id: int) -> list[RoleChangeRow]:
    query = select(RoleChangeRow).filter_by(group_id=group_id, state="announced")
    return list(db.scalars(query.order_by(RoleChangeRow.id)))


def merge(db: Session, found: OnePerson) -> Sequence[int]:
    """What one of two accounts has put is the person's: they may take it back with either."""
    mine = update(RoleChangeRow).where(RoleChangeRow.by_id == found.gone.id, RoleChangeRow.state.in_(UNDER_WAY))
    db.execute(mine.values(by_id=found.kept.id))
    return ()
