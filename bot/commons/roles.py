"""Roles: what a group has said about each, and what holds where it has said nothing."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons.when import after, read_span
from bot.language import Voice
from bot.refusal import Refused
from bot.tidy import folded, isolated, tidy
from models import GroupRow, RoleRow

NAME_LIMIT = 64  # characters
NOTICE = (14, 3, 1)  # days before the end
LONGEST_TERM = timedelta(days=731)
ANSWER = "2 days"  # how long somebody drawn has to accept
TERM = "3 months"  # where neither role nor group says another


def find(db: Session, group: GroupRow, name: str) -> RoleRow | None:
    return db.scalar(select(RoleRow).filter_by(group_id=group.id, key=folded(tidy(name, NAME_LIMIT))))


def ensure(db: Session, group: GroupRow, name: str, now: datetime, *, seats: int = 1, since: datetime | None = None) -> RoleRow:
    """The role of that name; one of which nothing was said yet is made, with everything at its default.

    `since`: when it was called for. Refused: it has ended after that, so that what was called for is over, too.
    """
    found = named(db, group, name, now, seats=seats)
    if found.state == "ended" and since is not None and found.ended_at is not None and found.ended_at >= since:
        raise Refused("role ended since", role=isolated(found.name))
    if found.state == "ended":
        found.state, found.ended_at, found.ends_at = "open", None, None  # wanted again
    db.add(found)
    db.flush()
    return found


def named(db: Session, group: GroupRow, name: str, now: datetime, *, seats: int = 1) -> RoleRow:
    """The role of that name; where there is none, what it would be, without making it."""
    return find(db, group, name) or unmade(group, name, now, seats)


def unmade(group: GroupRow, name: str, now: datetime, seats: int) -> RoleRow:
    shown = tidy(name, NAME_LIMIT)
    limits = {"term": "", "seats": seats, "cooling": "", "most_terms": 2, "notice": list(NOTICE), "answer_within": ANSWER}
    said = {"purpose": "", "pool": "", "sunset": "", "defined": False, "state": "open"}
    return RoleRow(group_id=group.id, name=shown, key=folded(shown), created_at=now, **limits, **said)


def all_of(db: Session, group: GroupRow) -> list[RoleRow]:
    """Those that have not ended, in the order in which they came."""
    return list(db.scalars(select(RoleRow).filter_by(group_id=group.id, state="open").order_by(RoleRow.id)))


def term_end(group: GroupRow, role: RoleRow, starts_at: datetime) -> datetime:
    """When a whole term that begins then is over, by the calendar of the group's zone."""
    return within(role, after(read_span(term_of(group, role)), starts_at, zone_of(group)))


def within(role: RoleRow, ends_at: datetime) -> datetime:
    """No later than the role itself ends."""
    return min(ends_at, role.ends_at) if role.ends_at else ends_at


def term_of(group: GroupRow, role: RoleRow) -> str:
    """The role's term in words; the group's setting where the role has none."""
    return role.term or usual_term(group)


def usual_term(group: GroupRow) -> str:
    return str((group.choices or {}).get("term", TERM))


def answer_time(group: GroupRow, role: RoleRow, asked_at: datetime) -> datetime:
    """Until when somebody who is asked to serve may answer."""
    return after(read_span(role.answer_within), asked_at, zone_of(group))


def cooled_at(group: GroupRow, role: RoleRow, ended_at: datetime) -> datetime:
    """From when somebody who served until then may serve again."""
    return after(read_span(role.cooling), ended_at, zone_of(group)) if role.cooling else ended_at


def zone_of(group: GroupRow) -> ZoneInfo:
    return Voice(group.language, group.zone).zone
