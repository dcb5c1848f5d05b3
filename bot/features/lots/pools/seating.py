"""Seats: how many a role has free, who may be asked to take one, and that nobody is asked for more than there are."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import circles, mandates, roles, roll
from bot.features.lots import rules, store
from bot.features.lots.pools import texts
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import folded, isolated, tidy
from models import DrawRow, GroupRow, RoleRow


def free(db: Session, group: GroupRow, role: RoleRow, now: datetime) -> int:
    return max(role.seats - len(mandates.serving(db, group, role, now)), 0)


def seats_for(call: Call, role: RoleRow, wanted: int | None) -> int:
    """How many a draw is for: as many as are asked for, or all that are free. Refused: there are not so many."""
    holding = mandates.serving(call.db, call.group, role, call.now)
    if wanted is not None and not role.defined and not holding:
        return wanted  # of a role of which nothing was said the draw says how many seats it has
    n = role.seats - len(holding)
    if n < 1:
        names = roll.names_in(call.db, [mandate.member for mandate in holding])
        holders = [texts.Holder(name, mandate.ends_at) for name, mandate in zip(names, holding, strict=True)]
        raise Refused("no seat free", role=isolated(role.name), seats=role.seats, holders=holders)
    if wanted is not None and wanted > n:
        raise Refused("too few free", role=isolated(role.name), free=n, seats=role.seats, more=role.seats + wanted - n)
    return wanted or n


def circle_for(call: Call, words: str) -> str:
    """The name of the circle, or of the role among whose holders is drawn; "" for all. Refused: there is no such thing."""
    if not words:
        return ""
    if (circle := circles.find(call.db, call.group, words)) is not None:
        return circle.name
    found = roles.find(call.db, call.group, words)
    if found is None or found.state == "ended":
        raise Refused("no such circle", words=isolated(tidy(words, rules.ROLE_LIMIT)) or "…")
    return found.name


def settle_seats(db: Session, group: GroupRow, draw: DrawRow, now: datetime) -> int:
    """How many are asked of a draw that is drawn now. A role of which nothing was said has as many seats as were drawn for."""
    if has_ended(db, group, draw):
        return 0
    role = roles.ensure(db, group, draw.role, now, seats=draw.seats)
    if not role.defined and not mandates.serving(db, group, role, now):
        role.seats = draw.seats
    return min(draw.seats, free(db, group, role, now))


def is_wanted(db: Session, draw: DrawRow, now: datetime) -> bool:
    """Whether one more may be asked for a seat of the role."""
    group = store.group_of(db, draw)
    role = roles.named(db, group, draw.role, now, seats=draw.seats)
    asked = len(store.offered_for(db, group, draw.role_key))
    return not has_ended(db, group, draw) and asked < free(db, group, role, now)


def has_ended(db: Session, group: GroupRow, draw: DrawRow) -> bool:
    """Whether the role is over, and not only since before it was drawn for."""
    role = roles.find(db, group, draw.role)
    return role is not None and role.state == "ended" and role.ended_at is not None and role.ended_at >= draw.frozen_at


def surplus(db: Session, group: GroupRow, draw: DrawRow, now: datetime) -> int:
    """How many more are asked now than there are seats for."""
    role = roles.named(db, group, draw.role, now, seats=draw.seats)
    return max(len(store.offered_for(db, group, draw.role_key)) - free(db, group, role, now), 0)


def names_of_roles(db: Session, group: GroupRow) -> Sequence[str]:
    return [folded(role.name) for role in roles.all_of(db, group)]
