"""Figures of a running bot, for /metrics and /health: counts and times, nothing that tells of a person or a group."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.routing import turned
from bot.routing.house import House
from models import ChatRow, DeadLetterRow, IntakeRow, PromiseRow

SILENT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Figures:
    version: str
    rooms: int
    waiting: int  # messages
    oldest_waiting: float  # seconds since it was promised
    dead_letters: int
    unsettled: int
    silence: Mapping[str, float]  # platform -> seconds since it was heard
    turned_away: Mapping[str, int]  # kind -> how many in a week
    last_backup: float | None  # as a Unix time
    taken: Mapping[str, int] = field(default_factory=dict)  # platform -> events since this process began

    def troubles(self) -> Iterator[str]:
        """Short words for machines; none if all is well."""
        yield from (f"{platform} not heard" for platform, seconds in self.silence.items() if seconds > SILENT_AFTER.total_seconds())
        if self.unsettled:
            yield "something due is not done"


def of(db: Session, house: House, now: datetime) -> Figures:
    heard = {row.platform: row.heard_at for row in db.scalars(select(IntakeRow)) if house.watch.is_on(row.platform)}
    waiting = select(func.count(), func.min(PromiseRow.promised_at)).where(PromiseRow.state == "waiting")
    count, oldest = db.execute(waiting).one()
    kept = house.last_backup()
    return Figures(
        version=house.version,
        rooms=total(db, select(func.count()).select_from(ChatRow).filter_by(kind="group", state="open")),
        waiting=count,
        oldest_waiting=(now - oldest).total_seconds() if oldest else 0.0,
        dead_letters=total(db, select(func.count()).select_from(DeadLetterRow)),
        unsettled=len(house.watch.unsettled),
        silence={platform: (now - at).total_seconds() for platform, at in heard.items() if at},
        turned_away=turned.lately(db, now),
        last_backup=kept.timestamp() if kept else None,
        taken=dict(house.watch.taken),
    )


def total(db: Session, query: Select[int]) -> int:
    return db.scalar(query) or 0
