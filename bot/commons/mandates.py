"""Mandates: begun, ended, and who may not serve again just yet; every way into a seat and out of it goes through here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.commons import register, roles, roll
from bot.refusal import Refused
from bot.routing.house import House
from bot.routing.rooms import lock_group
from bot.tidy import isolated
from models import GroupRow, MandateRow, MemberRow, RoleRow

Way = Literal["draw", "reserve", "consent", "election", "renewal", "handover", "council"]
End = Literal["expired", "resigned", "recalled", "handed over", "let end", "role ended", "reported", "unlinked", "left"]
Why = Literal["serves", "recalled", "cooling off", "most terms"]


@dataclass(frozen=True, slots=True)
class Beginning:
    """How somebody comes into a seat. `ends_at`: of the rest of somebody else's term; None: a whole term.

    `starts_at`: when it truly began, if that was before it could be noticed.
    """

    way: Way
    chat_id: int
    draw_id: int | None = None
    ends_at: datetime | None = None
    by_consent: bool = False  # the group has said so, whatever the role says about terms in a row and cooling off
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """Why somebody may not serve in a role now, and until when."""

    why: Why
    until: datetime


def begin(
    db: Session, group: GroupRow, role: RoleRow, member: MemberRow, how: Beginning, now: datetime, house: House
) -> MandateRow:
    """A member takes a seat. Refused: may not serve in this role now (see `bar`), unless the group has consented to it;
    or all its seats are taken, whatever the group has consented to. Seats are counted by one transaction at a time."""
    lock_group(db, group.id)
    at = how.starts_at or now
    barred = bar(db, group, role, member, at)
    if barred is not None and (barred.why == "serves" or not how.by_consent):
        raise refusal(barred)
    if len(serving(db, group, role, at)) >= role.seats:
        raise Refused("seat taken", role=isolated(role.name))
    before = last(db, role, member)
    in_a_row = before is not None and at < term_after(group, role, before)
    made = MandateRow(group_id=group.id, role=role, member=member, chat_id=how.chat_id, draw_id=how.draw_id, way=how.way)
    made.starts_at, made.ends_at = at, roles.within(role, how.ends_at or roles.term_end(group, role, at))
    made.follows_id = before.id if before and in_a_row else None
    made.term_count = before.term_count + 1 if before and in_a_row else 1
    made.remind_at = next_reminder(made, role.notice, now)
    db.add(made)
    db.flush()
    facts = {"mandate": made.id, "way": how.way, "from": at.isoformat(), "until": made.ends_at.isoformat()}
    enter(db, group, "mandate begins", made, facts, now, house)
    return made


def end(db: Session, mandate: MandateRow, why: End, now: datetime, house: House, *, pass_on: bool = False) -> None:
    """A mandate is over; as of its date if that has come. `pass_on`: the next reserve of its draw is to be asked for the rest."""
    at = mandate.ends_at if why == "expired" else min(now, mandate.ends_at)
    mandate.state, mandate.ended_at, mandate.ended_why, mandate.remind_at = "ended", at, why, None
    mandate.vacancy = "open" if pass_on and mandate.draw_id is not None and now < mandate.ends_at else ""
    group = db.get_one(GroupRow, mandate.group_id)
    enter(db, group, "mandate ends", mandate, {"mandate": mandate.id, "why": why, "at": at.isoformat()}, now, house)


def extend(db: Session, mandate: MandateRow, until: datetime, now: datetime, house: House) -> None:
    """It ends later than was fixed when it began: only the others' consent may do that, and once."""
    before, mandate.ends_at, mandate.extended = mandate.ends_at, until, True
    mandate.remind_at = next_reminder(mandate, mandate.role.notice, now)
    group = db.get_one(GroupRow, mandate.group_id)
    facts = {"mandate": mandate.id, "from": before.isoformat(), "until": until.isoformat()}
    enter(db, group, "mandate extended", mandate, facts, now, house)


def end_role(db: Session, group: GroupRow, role: RoleRow, now: datetime, house: House) -> list[MandateRow]:
    """A role is over, and with it the mandates in it: these."""
    ended = running(db, group, role)
    for mandate in ended:
        end(db, mandate, "role ended", now, house)
    role.state, role.ended_at = "ended", now
    return ended


def enter(
    db: Session, group: GroupRow, kind: str, about: MandateRow, facts: Mapping[str, object], now: datetime, house: House
) -> None:
    """Into the register; who and what for stands outside the hashed part."""
    personal = {"role": about.role.name, "label": roll.ref_of(about.member).label}
    register.enter(db, group, kind, facts, now=now, dice=house.dice, personal=personal)


def bar(db: Session, group: GroupRow, role: RoleRow, member: MemberRow, now: datetime) -> Bar | None:
    """Why this member may not take a seat in this role now; None: they may."""
    before = last(db, role, member)
    return bar_after(group, role, before, now) if before else None


def bars(db: Session, group: GroupRow, role: RoleRow, now: datetime) -> dict[int, Bar]:
    """All members who may not take a seat in this role now, by id."""
    query = select(MandateRow).filter_by(role_id=role.id).order_by(MandateRow.state == "running", MandateRow.id)
    newest = {each.member_id: each for each in db.scalars(query)}
    found = {member_id: bar_after(group, role, before, now) for member_id, before in newest.items()}
    return {member_id: barred for member_id, barred in found.items() if barred is not None}


def bar_after(group: GroupRow, role: RoleRow, before: MandateRow, now: datetime) -> Bar | None:
    """`before`: the member's newest mandate in the role."""
    if before.state == "running":
        return Bar("serves", before.ends_at)
    ended_at, rested_at = before.ended_at or before.ends_at, term_after(group, role, before)
    if before.ended_why == "recalled" and now < rested_at:
        return Bar("recalled", rested_at)
    if before.term_count >= role.most_terms and now < rested_at:
        return Bar("most terms", rested_at)
    cooled_at = roles.cooled_at(group, role, ended_at)
    return Bar("cooling off", cooled_at) if now < cooled_at else None


def refusal(barred: Bar) -> Refused:
    """The bar as an answer to the person."""
    match barred.why:
        case "serves":
            return Refused("serves already", until=barred.until)
        case "recalled":
            return Refused("recalled before", until=barred.until)
        case "cooling off":
            return Refused("cooling off", until=barred.until)
        case "most terms":
            return Refused("most terms", until=barred.until)


def term_after(group: GroupRow, role: RoleRow, before: MandateRow) -> datetime:
    """A whole term after that one: who serves again before then serves in a row."""
    return roles.term_end(group, role, before.ended_at or before.ends_at)


def last(db: Session, role: RoleRow, member: MemberRow) -> MandateRow | None:
    """The member's mandate in the role that runs; else the newest that is over."""
    query = select(MandateRow).filter_by(role_id=role.id, member_id=member.id)
    return db.scalar(query.order_by((MandateRow.state == "running").desc(), MandateRow.id.desc()).limit(1))


def ever_served(db: Session, role: RoleRow) -> set[int]:
    """The ids of members who hold a mandate in the role, or have held one."""
    return set(db.scalars(select(MandateRow.member_id).filter_by(role_id=role.id))) if role.id else set()


def running(db: Session, group: GroupRow, role: RoleRow | None = None, member: MemberRow | None = None) -> list[MandateRow]:
    """Those that run, of the group, or of one role, or of one member: those that end first come first."""
    query = select(MandateRow).filter_by(group_id=group.id, state="running")
    query = query.filter_by(role_id=role.id) if role else query
    query = query.filter_by(member_id=member.id) if member else query
    query = query.options(joinedload(MandateRow.member).joinedload(MemberRow.account), joinedload(MandateRow.role))
    return list(db.scalars(query.order_by(MandateRow.ends_at, MandateRow.id)))


def serving(db: Session, group: GroupRow, role: RoleRow, now: datetime) -> list[MandateRow]:
    """Who has a seat of the role: those whose terms are not over, suspended or not, and also who has left the room."""
    return [mandate for mandate in running(db, group, role) if mandate.ends_at > now] if role.id else []


def next_reminder(mandate: MandateRow, notice: Sequence[int], now: datetime) -> datetime | None:
    """The first of the reminders, so many days before the end, that is still ahead and lies within the term."""
    times = sorted(mandate.ends_at - timedelta(days=days) for days in notice)
    return next((at for at in times if at > max(now, mandate.starts_at)), None)
