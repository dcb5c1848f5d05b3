"""What comes due in elections, and what an outage does to them."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.features.grants.elections import life, rules, store
from bot.routing.feature import Gap, Sweep
from bot.routing.house import House
from models import ChatRow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def gap(db: Session, chat: ChatRow, gap: Gap, now: datetime, house: House) -> bool:
    """Naming or changes whose end fell into the gap go on for as long as the gap was: an hour at least, a day at most."""
    if chat.group is None:
        return False
    elections = [each for each in store.under_way(db, chat.group.id) if each.state in rules.OPEN_TO_NAMES]
    for election in elections:
        if election.ends_at <= gap.until:
            more = min(max(gap.until - gap.since, HOUR), DAY, timedelta(seconds=election.length))
            election.ends_at = election.wakes_at = now + more
            for kind in ("election", "nominations"):
                boards.touch(db, kind, election.id, now)
    return bool(elections)


SWEEPS = (
    Sweep("elections", store.due, store.upcoming, life.go_on),
    Sweep("elections without a role", store.without_role_due, store.next_without_role, life.end_with_role, after_intake=False),
)
