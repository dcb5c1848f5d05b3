"""Councils whose time is over."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.features.councils import ending, store
from bot.routing.feature import Sweep
from bot.routing.house import House


def settle(db: Session, council_id: int, now: datetime, house: House) -> None:
    council = store.locked(db, council_id)
    if council.state == "open" and council.ends_at <= now:
        ending.end(db, council, "over", now, house)


def give_up(db: Session, council_id: int, now: datetime, house: House) -> None:
    """Its role has ended, of which the rooms were told then."""
    council = store.locked(db, council_id)
    if council.state == "open" and council.role.state == "ended":
        ending.enter(db, council, "given up", now, house)


SWEEPS = (
    Sweep("councils", store.due, store.upcoming, settle),
    Sweep("councils given up", store.given_up, store.nothing_ahead, give_up, after_intake=False),
)
