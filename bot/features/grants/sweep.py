"""Offers that nobody answered, and delegations whose time is over."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.features.grants import granting, store
from bot.features.grants.elections import life
from bot.routing.feature import Sweep
from bot.routing.house import House


def lapse(db: Session, grant_id: int, now: datetime, house: House) -> None:
    grant = store.locked(db, grant_id)
    if grant.state == "offered" and grant.answer_by is not None and grant.answer_by <= now:
        granting.settle(db, grant, "silent", now)
        life.answered(db, grant, now, house)


def dissolve(db: Session, grant_id: int, now: datetime, house: House) -> None:
    grant = store.locked(db, grant_id)
    if grant.state == "accepted":
        granting.dissolve(db, grant, now, house)


SWEEPS = (
    Sweep("grants", store.offers_due, store.next_offer, lapse),
    Sweep("delegations", store.dissolved_due, store.next_dissolved, dissolve, after_intake=False),
)
