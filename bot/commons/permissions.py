"""Permissions: one place that answers "may this person do that here". Platform admins have no power of their own."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import offices, texts
from bot.language import LANGUAGES, Voice
from models import GroupRow, MemberRow

FACILITATOR = tuple(dict.fromkeys(texts.facilitator(Voice(language)) for language in LANGUAGES))  # the role, in each language


def steers(db: Session, group: GroupRow, member: MemberRow | None, opened_by: int, now: datetime) -> bool:
    """Whether this member may close, extend, withdraw or move it on: whoever opened it may, and the facilitator."""
    if member is None:
        return False
    return member.id == opened_by or any(member.id == holder.id for holder in facilitating(db, group, now))


def facilitators(db: Session, group: GroupRow, otherwise: MemberRow) -> list[MemberRow]:
    """Who facilitates: whoever holds that mandate, else the one who opened it."""
    return facilitating(db, group) or [otherwise]


def facilitating(db: Session, group: GroupRow, now: datetime | None = None) -> list[MemberRow]:
    return [holder for name in FACILITATOR for holder in offices.holders(db, group, name, now)]
