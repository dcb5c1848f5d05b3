"""After an erasure: what the database has put aside of rows that are gone is wiped, and tried again until it is done."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.routing.feature import Due, Sweep
from bot.routing.house import House
from models import Base, ErasureRow
from models.database import scrub_after

AGAIN = timedelta(minutes=10)  # for what was on its way to a platform in that moment, and is written down afterwards
NO_GROUP = 0


def want(db: Session, now: datetime) -> None:
    """Once this has committed; and again a little later."""
    db.add_all([ErasureRow(erased_at=now), ErasureRow(erased_at=now + AGAIN)])
    db.flush()
    scrub(db, now)


def scrub(db: Session, now: datetime) -> None:
    def noted(db: Session) -> None:
        db.execute(delete(ErasureRow).where(ErasureRow.erased_at <= now))

    on_server = db.get_bind().dialect.name != "sqlite"
    scrub_after(db, [*sorted(Base.metadata.tables), *(["entry_words"] if on_server else [])], noted, anew=True)


def due(db: Session, now: datetime) -> Sequence[Due]:
    found = db.scalar(select(ErasureRow).where(ErasureRow.erased_at <= now).limit(1))
    return [Due(found.id, found.erased_at, NO_GROUP)] if found else []


def settle(db: Session, erasure_id: int, now: datetime, house: House) -> None:
    scrub(db, now)


SWEEP = Sweep("erasures", due, lambda db: None, settle, after_intake=False)  # looked at in each regular round
