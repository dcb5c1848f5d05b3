"""Who may be drawn for a role, by rule; whoever may not is left out for a reason, and until when."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from bot.commons import hats, mandates, resting, roles, roll, tenure
from bot.commons.circles import find as find_circle
from bot.commons.circles import members_of as members_of_circle
from bot.commons.mandates import Bar
from models import GroupRow, MemberRow, RoleRow

Reason = Literal["asked", "resting", "serves", "recalled", "cooling off", "most terms", "new", "hat"]
REASONS: tuple[Reason, ...] = (
    "serves",
    "recalled",
    "most terms",
    "cooling off",
    "new",
    "hat",
    "asked",
    "resting",
)  # as they are told


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who may not be drawn now. `until`: when that reason ends, where it is known."""

    member: MemberRow
    why: Reason
    until: datetime | None = None


Rule = Callable[[MemberRow], LeftOut | None]
Judged = tuple[list[MemberRow], list[LeftOut]]


def eligible(
    db: Session, group: GroupRow, role: RoleRow, now: datetime, circles: Sequence[str] = (), without: Collection[int] = ()
) -> Judged:
    """Those on the roll who may be drawn, and those who may not.

    `circles`: only among those who are in all of these, or hold the roles of these names; others are not counted as left out.
    `without`: ids of members whom the caller leaves out. `role` may be one that is not made yet (see roles.named).
    """
    people = members_of(db, group, now, circles)
    return judge(people, rules_for(db, group, role, people, now, without))


def may_serve(
    db: Session, group: GroupRow, role: RoleRow, members: Sequence[MemberRow], now: datetime, circles: Sequence[str] = ()
) -> set[int]:
    """The ids of those of them who could take a seat now, by the same rules as when they were drawn.

    `circles`: among which they were drawn; one that the group has given up since keeps nobody out.
    """
    still = [name for name in circles if is_there(db, group, name)]
    inside = {member.id for member in members_of(db, group, now, still)}
    people = [member for member in members if member.id in inside]
    return {member.id for member in judge(people, rules_for(db, group, role, people, now, ()))[0]}


def is_there(db: Session, group: GroupRow, circle: str) -> bool:
    """Whether there is a circle of that name, or a role that has not ended."""
    role = roles.find(db, group, circle)
    return find_circle(db, group, circle) is not None or (role is not None and role.state == "open")


def members_of(db: Session, group: GroupRow, now: datetime, circles: Sequence[str]) -> list[MemberRow]:
    """All on the roll, or those who are in all the circles (or roles) that are named."""
    inside = [{member.id for member in members_of_circle(db, group, circle, now)} for circle in circles]
    return [member for member in roll.members(db, group) if all(member.id in ids for ids in inside)]


def judge(people: Sequence[MemberRow], rules: Sequence[Rule]) -> Judged:
    """The first reason of several is the one that is told."""
    fit, left_out = [], []
    for member in people:
        found = next(reasons(member, rules), None)
        if found is None:
            fit.append(member)
        else:
            left_out.append(found)
    return fit, left_out


def reasons(member: MemberRow, rules: Sequence[Rule]) -> Iterator[LeftOut]:
    return (found for rule in rules if (found := rule(member)) is not None)


def rules_for(
    db: Session, group: GroupRow, role: RoleRow, people: Sequence[MemberRow], now: datetime, without: Collection[int]
) -> list[Rule]:
    since = tenure.since(db, group, now)
    return [
        lambda member: LeftOut(member, "asked") if member.id in without else None,
        awake(now),
        not_barred(db, group, role, now),
        in_hat(db, role, people),
        lambda member: LeftOut(member, "new", member.joined_at + (now - since)) if member.joined_at > since else None,
    ]


def awake(now: datetime) -> Rule:
    return lambda member: LeftOut(member, "resting") if resting.rests(member, now) else None


def in_hat(db: Session, role: RoleRow, people: Sequence[MemberRow]) -> Rule:
    found = hats.among(db, people, role.key)
    return lambda member: None if member.id in found else LeftOut(member, "hat")


def not_barred(db: Session, group: GroupRow, role: RoleRow, now: datetime) -> Rule:
    bars = mandates.bars(db, group, role, now)
    return lambda member: barred(member, bars[member.id]) if member.id in bars else None


def barred(member: MemberRow, bar: Bar) -> LeftOut:
    return LeftOut(member, bar.why, bar.until)
