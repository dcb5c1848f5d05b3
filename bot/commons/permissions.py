"""Permissions: the one place that answers "may this person do that here". Platform admins have no power of their own.

Each question is a function that takes first of whom it is asked. Its first line says "what: who", which is its row in the
README's table.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeGuard

from sqlalchemy.orm import Session

from bot.commons import electorate, offices, roll, tenure, texts
from bot.language import LANGUAGES, Voice
from bot.refusal import Refused
from bot.routing.feature import Call
from models import GroupRow, MemberRow, RoleRow

FACILITATOR = tuple(dict.fromkeys(texts.facilitator(Voice(language)) for language in LANGUAGES))  # the role, in each language


def belongs(member: MemberRow | None) -> TypeGuard[MemberRow]:
    """Make circles and notes, be named, object to a change, support a recall, meet, rest: whoever is on the roll."""
    return member is not None and roll.is_on(member)


def sets(member: MemberRow | None, db: Session, group: GroupRow, now: datetime) -> bool:
    """Change a setting, link or unlink the room: whoever has been on the roll for the group's tenure; while nobody has, anybody.

    Of those on the roll, if there are any: a group that sets a tenure while it is young does not lock itself out.
    """
    there = roll.oldest(db, group)
    if not belongs(member):
        return there is None
    since = tenure.since(db, group, now)
    return member.joined_at <= since or (there is not None and there > since)


def takes_part(member: MemberRow | None, db: Session, electorate_id: int) -> TypeGuard[MemberRow]:
    """Consent, object, vote, nominate, add an option: whoever was on the roll, for the group's tenure, when it was opened."""
    return electorate.holds(db, electorate_id, member)


def is_theirs(member: MemberRow | None, whose: int | None) -> TypeGuard[MemberRow]:
    """Accept, decline, resign, answer, report, hand over, take back an objection or a note: the one whose it is."""
    return member is not None and member.id == whose


def is_for_others(member: MemberRow | None, db: Session, electorate_id: int) -> bool:
    """Steer or answer what is asked about somebody: everybody else who takes part."""
    return not electorate.is_about(db, electorate_id, member)


def steers(member: MemberRow | None, db: Session, group: GroupRow, opened_by: int, now: datetime) -> TypeGuard[MemberRow]:
    """Close, extend, amend, withdraw what is open, or move it on: whoever opened it, and who holds the role of facilitator."""
    return is_theirs(member, opened_by) or facilitates(member, db, group, now)


def withdraws(
    member: MemberRow | None, db: Session, group: GroupRow, opened_by: int, purpose: str | None, now: datetime
) -> TypeGuard[MemberRow]:
    """Withdraw what is asked about somebody's mandate or a change: only whoever asked it."""
    return is_theirs(member, opened_by) if purpose else steers(member, db, group, opened_by, now)


def moves_on(
    member: MemberRow | None, db: Session, group: GroupRow, opened_by: int, electorate_id: int | None, now: datetime
) -> TypeGuard[MemberRow]:
    """Put a nominee to the group once all are named: whoever takes part; before that, whoever may close it."""
    heard = electorate_id is not None and takes_part(member, db, electorate_id)
    return heard or steers(member, db, group, opened_by, now)


def leads(member: MemberRow, db: Session, group: GroupRow, drawn: int | None, opened_by: int, now: datetime) -> bool:
    """Move a meeting on, or end it: whoever was drawn to facilitate or opened it; anybody on the roll where nobody was drawn."""
    return drawn is None or is_theirs(member, drawn) or steers(member, db, group, opened_by, now)


def sits(member: MemberRow | None, db: Session, role: RoleRow, opened_by: int, now: datetime) -> TypeGuard[MemberRow]:
    """Close a council with what it found: whoever sits in it; while nobody does, whoever convened it."""
    sitting = [each.id for each in offices.holders_of(db, role, now)] or [opened_by]
    return member is not None and member.id in sitting


def draws(member: MemberRow | None, called_by: int, in_pool: bool) -> TypeGuard[MemberRow]:
    """End the shaking and draw the lots now: whoever called the draw, and all in its pool."""
    return member is not None and (in_pool or member.id == called_by)


def renews(member: MemberRow | None, holder: int) -> TypeGuard[MemberRow]:
    """Ask for another or a longer term: whoever holds the mandate, and whoever is on the roll."""
    return belongs(member) or is_theirs(member, holder)


QUESTIONS: tuple[Callable[..., Any], ...] = (
    belongs,
    sets,
    takes_part,
    is_theirs,
    is_for_others,
    steers,
    withdraws,
    moves_on,
    leads,
    sits,
    draws,
    renews,
)


def on_the_roll(call: Call, otherwise: str) -> MemberRow:
    """Who speaks, if they are on the roll. Refused: for the reason `otherwise`, in its feature's words."""
    member = roll.find(call.db, call.group, call.person)
    if not belongs(member):
        raise Refused(otherwise)
    return member


def check_sets(call: Call) -> None:
    """Refused: a stranger, or somebody too new, would change how the group does things."""
    member = roll.find(call.db, call.group, call.person)
    if not sets(member, call.db, call.group, call.now):
        raise Refused("too new to set" if belongs(member) else "set from the roll")


def facilitates(member: MemberRow | None, db: Session, group: GroupRow, now: datetime) -> bool:
    return any(is_theirs(member, holder.id) for holder in facilitating(db, group, now))


def facilitators(db: Session, group: GroupRow, otherwise: MemberRow) -> list[MemberRow]:
    """Who facilitates: whoever holds that mandate, else the one who opened it."""
    return facilitating(db, group) or [otherwise]


def facilitating(db: Session, group: GroupRow, now: datetime | None = None) -> list[MemberRow]:
    return [holder for name in FACILITATOR for holder in offices.holders(db, group, name, now)]
