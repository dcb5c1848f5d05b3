"""The pool of a draw: chosen by rule, and kept with those who were left out, as it was announced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.commons import eligibility, mandates, permissions, roll
from bot.commons.eligibility import REASONS, LeftOut, Reason
from bot.features.lots import rules
from bot.features.lots.balances.strata import Strata
from bot.features.lots.pools import texts
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import isolated
from models import DrawRow, MemberRow, RoleRow

KEPT = 20  # people of one reason who are kept by name; the others are counted
Kept = dict[str, Any]  # reason -> {"n": how many, "first": [[member's id, until when or None], …]}


@dataclass(frozen=True, slots=True)
class Pool:
    members: Sequence[MemberRow]
    left_out: Kept
    circle: str = ""  # the role among whose holders they are; "": the whole hat
    veterans: frozenset[int] = frozenset()  # of a pair: the ids of those who have served in this role; the others are new to it
    strata: Strata | None = None  # of a balanced draw

    @property
    def resting(self) -> int:
        return number(self.left_out, "resting")


def pool_for(call: Call, role: RoleRow, seats: int, circle: str = "", without: Sequence[MemberRow] = ()) -> Pool:
    """Refused: too few who may be drawn."""
    circles = tuple(dict.fromkeys(filter(None, (role.pool, circle))))
    left_out_by_caller = {member.id for member in without}
    fit, left_out = eligibility.eligible(call.db, call.group, role, call.now, circles, left_out_by_caller)
    pool = Pool(fit, kept(left_out), rules.AND.join(circles))
    check(call.db, pool, role, seats)
    return pool


def paired(call: Call, role: RoleRow, pool: Pool) -> Pool:
    """For a pair: somebody who has served in this role, and somebody who never has. Refused: one of the two kinds is not there."""
    served = mandates.ever_served(call.db, role)
    veterans = frozenset(member.id for member in pool.members if member.id in served)
    if not veterans:
        raise Refused("no veteran", role=isolated(role.name))
    if len(veterans) == len(pool.members):
        raise Refused("no novice", role=isolated(role.name))
    return replace(pool, veterans=veterans)


def check(db: Session, pool: Pool, role: RoleRow, seats: int) -> None:
    fit, others = len(pool.members), sum(number(pool.left_out, why) for why in pool.left_out if why != "resting")
    if pool.circle and not (fit or pool.left_out):
        raise Refused("circle empty", circle=isolated(pool.circle))
    if fit < seats and others:
        raise Refused("too few may serve", fit=fit, seats=seats, role=isolated(role.name), left_out=told(db, pool.left_out))
    rules.check_pool(fit, seats, pool.resting)


def number(left_out: Kept | None, why: str) -> int:
    return int((left_out or {}).get(why, {}).get("n", 0))


def kept(left_out: Sequence[LeftOut]) -> Kept:
    """Of those who rest only how many they are."""
    found: Kept = {}
    for why in REASONS:
        of_this = [one for one in left_out if one.why == why]
        if of_this:
            first = [] if why == "resting" else of_this[:KEPT]
            people = [[one.member.id, one.until.isoformat() if one.until else None] for one in first]
            found[why] = {"n": len(of_this), "first": people}
    return found


def told(db: Session, left_out: Mapping[str, Any] | None) -> list[texts.LeftOut]:
    """By reason, with the names of today; without those who rest."""
    named = [why for why in REASONS if why != "resting" and why in (left_out or {})]
    ids = {member_id for why in named for member_id, _ in (left_out or {})[why]["first"]}
    query = select(MemberRow).where(MemberRow.id.in_(ids)).options(joinedload(MemberRow.account))
    members = list(db.scalars(query.order_by(MemberRow.id))) if ids else []
    names = dict(zip([member.id for member in members], roll.names_in(db, members), strict=True))
    return [reason_told(why, (left_out or {})[why], names) for why in named]


def reason_told(why: Reason, of_this: Mapping[str, Any], names: Mapping[int, str]) -> texts.LeftOut:
    people = [texts.Person(names[member_id], moment(until)) for member_id, until in of_this["first"] if member_id in names]
    return texts.LeftOut(why, people, of_this["n"])


def moment(kept_as: str | None) -> datetime | None:
    return datetime.fromisoformat(kept_as) if kept_as else None


def why_not(draw: DrawRow, member: MemberRow) -> tuple[str, datetime | None] | None:
    """Why this member was left out of the draw, and until when; None: not known."""
    for why, of_this in (draw.left_out or {}).items():
        for member_id, until in of_this["first"]:
            if permissions.is_theirs(member, member_id):
                return why, moment(until)
    return None
