"""Events that are stored as they came, in the order of their chats, until some process works them off."""

import zlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Exists, delete, exists, func, insert, select
from sqlalchemy.orm import Session, aliased

from bot.chat.incoming import ChatMoved, Received
from models import ArrivalRow, IntakeRow, LaneRow
from models.database import add_if_new

LANES = 512  # of one account: chats that share one wait for each other, and more do no harm
AT_ONCE = 100  # events that are worked off in one transaction
OLDEST = 500  # events among which the next lane is looked for
Bar = aliased(ArrivalRow)


def number_of(ref: str) -> int:
    return zlib.crc32(ref.encode("utf-8", "surrogatepass")) % LANES


def lane_of(received: Received) -> int:
    return number_of(received.event.origin.chat.id if received.event else "")


def store(db: Session, account: str, events: Sequence[Received], now: datetime) -> None:
    """In the order in which they came."""
    if not events:
        return
    moves = [number_of(received.event.to.id) for received in events if isinstance(received.event, ChatMoved)]
    lanes = lanes_for(db, account, {*map(lane_of, events), *moves})
    rows = [row(received, lanes) | {"account": account, "arrived_at": now} for received in events]
    db.execute(insert(ArrivalRow), rows)


def lanes_for(db: Session, account: str, numbers: Collection[int]) -> dict[int, int]:
    """Their ids, by their numbers; made at need."""
    query = select(LaneRow.number, LaneRow.id).where(LaneRow.account == account, LaneRow.number.in_(numbers))
    found = {row.number: row.id for row in db.execute(query)}
    for number in sorted(set(numbers) - found.keys()):
        add_if_new(db, LaneRow, account=account, number=number)
    return found if len(found) == len(numbers) else {row.number: row.id for row in db.execute(query)}


def row(received: Received, lanes: dict[int, int]) -> dict[str, object]:
    own = lanes[lane_of(received)]
    there = lanes[number_of(received.event.to.id)] if isinstance(received.event, ChatMoved) else own
    return {"lane_id": own, "names": list(received.ids), "raw": received.raw, "bars": None if there == own else there}


def claim(db: Session, accounts: Collection[str], resting: Collection[int] = ()) -> LaneRow | None:
    """A lane that has something to be worked off and that nobody else is at, ours until the end of this transaction."""
    oldest = select(ArrivalRow.lane_id).order_by(ArrivalRow.id).limit(OLDEST).subquery()
    free = select(LaneRow).where(LaneRow.id.in_(select(oldest.c.lane_id)), LaneRow.account.in_(accounts), ~barred(LaneRow.id))
    free = free.where(LaneRow.id.not_in(resting)) if resting else free
    return db.scalar(free.order_by(LaneRow.id).limit(1).with_for_update(of=LaneRow, key_share=True, skip_locked=True))


def barred(lane: Any) -> Exists:
    """Whether a chat is about to move into the lane; what was said before comes first."""
    return exists().where(Bar.bars == lane)


def next_in(db: Session, lane: LaneRow) -> Sequence[ArrivalRow]:
    """As it is now: somebody else may have been there just before us."""
    waiting = select(ArrivalRow).where(ArrivalRow.lane_id == lane.id, ~barred(lane.id))
    return db.scalars(waiting.order_by(ArrivalRow.id).limit(AT_ONCE)).all()


def drop(db: Session, arrivals: Sequence[ArrivalRow]) -> None:
    """They are worked off."""
    db.execute(delete(ArrivalRow).where(ArrivalRow.id.in_([arrival.id for arrival in arrivals])))


def note_stored(db: Session, row: IntakeRow, at: datetime) -> None:
    """All that the platform had at that instant is stored. What was so before is worked off by now, or still waited for."""
    if row.stored_at is not None and db.scalar(select(~pending(row.platform, row.stored_to))):
        row.drained_at, row.stored_at = row.stored_at, None
    if row.stored_at is None:
        last = db.scalar(select(func.max(ArrivalRow.id)).where(ArrivalRow.account == row.platform))
        row.stored_at, row.stored_to = at, last or 0


def drained_until(db: Session, row: IntakeRow) -> datetime | None:
    """Up to when all that the platform had for us is worked off."""
    return row.drained_at if row.stored_at is None or db.scalar(select(pending(row.platform, row.stored_to))) else row.stored_at


def pending(account: Any, up_to: Any) -> Exists:
    """Whether anything is left up to this number."""
    return exists().where(ArrivalRow.account == account, ArrivalRow.id <= up_to)
