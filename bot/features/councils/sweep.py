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


SWEEP = Sweep("councils", store.due, store.upcoming, settle)
