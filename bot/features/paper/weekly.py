"""Each week, if the group wants it: a bulletin in each room, once, and never in quiet hours."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.commons import entries, hours
from bot.features.paper import posting, rules, texts
from bot.language import zone_named
from bot.routing.feature import Due, Setting, Sweep
from bot.routing.house import House
from bot.routing.rooms import inhabited, lock_group, rooms_of
from models import GroupRow

BULLETIN = Setting("bulletin", ["off", rules.HOUR], rules.read, texts.bulletin_line)


def due(db: Session, now: datetime) -> Sequence[Due]:
    """Groups whose hour has come; one whose hour is not known is given it."""
    ripe = or_(GroupRow.bulletin_at.is_(None), GroupRow.bulletin_at <= now)
    query = select(GroupRow).where(ripe, inhabited(GroupRow.id)).order_by(GroupRow.bulletin_at, GroupRow.id)
    return [Due(group.id, group.bulletin_at or group.created_at, group.id) for group in db.scalars(query)]


def upcoming(db: Session) -> datetime | None:
    return db.scalar(select(func.min(GroupRow.bulletin_at)).where(inhabited(GroupRow.id)))


def settle(db: Session, group_id: int, now: datetime, house: House) -> None:
    """However many weeks were slept through, there is one."""
    group = lock_group(db, group_id)
    if group.bulletin_at is not None and group.bulletin_at > now:
        return
    if group.bulletin_at is not None and BULLETIN.of(group)[0] == "weekly" and entries.last_place(db, group.id):
        for chat in rooms_of(db, group.id):
            posting.ask(db, chat, group, now, f"bulletin:{group.id}:{group.bulletin_at:%Y-%m-%dT%H:%M}:{chat.id}")
    group.bulletin_at = next_time(group, now)


def next_time(group: GroupRow, now: datetime) -> datetime:
    _, hour = BULLETIN.of(group)
    return hours.awake_at(group, rules.next_time(hour, now, zone_named(group.zone)))


def replan(db: Session, group: GroupRow, now: datetime, house: House) -> None:
    """The hour is worked out anew from what the group has set now; one that has come already is not put off."""
    if group.bulletin_at is None or group.bulletin_at > now:
        group.bulletin_at = next_time(group, now)


WEEKLY = Sweep("weekly bulletins", due, upcoming, settle)
