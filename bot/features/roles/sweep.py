"""Changes to which nobody has objected in their day, and those that an outage fell into."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.features.roles import changes, limits, store
from bot.routing.feature import Gap, Sweep
from bot.routing.house import House
from bot.routing.rooms import lock_group
from models import ChatRow, RoleChangeRow

HOUR = timedelta(hours=1)


def settle(db: Session, change_id: int, now: datetime, house: House) -> None:
    change = db.get_one(RoleChangeRow, change_id)
    group = lock_group(db, change.group_id)
    db.refresh(change, with_for_update=True)
    if change.state == "announced" and change.holds_at <= now:
        changes.hold(db, group, change, now, house)


def gap(db: Session, chat: ChatRow, gap: Gap, now: datetime, house: House) -> bool:
    """A day that ended while objections may have been lost goes on for as long as the gap was: an hour at least, a day at most."""
    pending = store.announced(db, chat.group_id) if chat.group_id else []
    for change in pending:
        if change.holds_at <= gap.until:
            change.holds_at = now + min(max(gap.until - gap.since, HOUR), limits.OBJECT_FOR)
            boards.touch(db, changes.BOARD, change.id, now)
    return bool(pending)


SWEEP = Sweep("role changes", store.due, store.upcoming, settle)
