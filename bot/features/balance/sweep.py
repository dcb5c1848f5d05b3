"""Once a month: do the same few carry most? If they do, the room hears it once, without names."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import mandates, resting, roll
from bot.commons.choices import one_of
from bot.commons.rooms import say_everywhere
from bot.commons.when import is_quiet, quiet_until
from bot.features.balance import rules, texts
from bot.language import Voice, zone_named
from bot.routing.feature import Due, Setting, Sweep
from bot.routing.house import House, prefix_on
from bot.routing.rooms import inhabited, lock_group
from models import ChatRow, GroupRow

BALANCE = Setting("balance", "on", one_of("on", "off"), texts.balance_line)


def due(db: Session, now: datetime) -> Sequence[Due]:
    """Groups whose day has come; a new one is given its day."""
    ripe = or_(GroupRow.balance_at.is_(None), GroupRow.balance_at <= now)
    query = select(GroupRow).where(ripe, inhabited(GroupRow.id)).order_by(GroupRow.id)
    return [Due(group.id, group.balance_at or now, group.id) for group in db.scalars(query)]


def upcoming(db: Session) -> datetime | None:
    return db.scalar(select(func.min(GroupRow.balance_at)).where(inhabited(GroupRow.id)))


def settle(db: Session, group_id: int, now: datetime, house: House) -> None:
    """However many months were slept through, it is said once; and by day."""
    group = lock_group(db, group_id)
    if group.balance_at is not None and group.balance_at > now:
        return
    zone = zone_named(group.zone)
    if is_quiet(now, zone):
        group.balance_at = quiet_until(now, zone)
        return
    if group.balance_at is not None and BALANCE.of(group) == "on":
        look(db, group, now)
    group.balance_at = rules.next_look(group.id, now, zone)


def look(db: Session, group: GroupRow, now: datetime) -> None:
    held = Counter(mandate.member_id for mandate in mandates.running(db, group) if mandate.ends_at > now)
    people = len(resting.awake(roll.members(db, group), now))
    carried = rules.carried_by_few(list(held.values()), people)
    if not carried:
        return

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.uneven(v, held.total(), carried, prefix_on(chat.platform))

    say_everywhere(db, group.id, words, f"balance:{group.id}:{now:%Y-%m-%d}", now)


SWEEP = Sweep("balance", due, upcoming, settle, after_intake=False)
