"""From the round's time to the draw: relays are asked between transactions; until one answers, the draw waits."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot import quicknet
from bot.delivery import boards
from bot.features.lots import drawing, store
from bot.routing.feature import Due, Errand, Sweep
from bot.routing.house import House
from models import BoardRow, DrawRow, PromiseRow

GIVE_UP = timedelta(days=7)  # a draw that has waited for so long is called off


def due(db: Session, now: datetime) -> Sequence[Due]:
    """Draws whose round has appeared and is not sought yet."""
    draws = db.scalars(to_come().where(DrawRow.closes_at <= now).order_by(DrawRow.closes_at, DrawRow.id))
    return [Due(draw.id, draw.closes_at, draw.group_id) for draw in draws]


def upcoming(db: Session) -> datetime | None:
    return db.scalar(to_come().with_only_columns(func.min(DrawRow.closes_at)))


def to_come() -> Select[DrawRow]:
    return select(DrawRow).where(DrawRow.state == "open", DrawRow.beacon_round.is_not(None), DrawRow.waits_since.is_(None))


def settle(db: Session, draw_id: int, now: datetime, house: House) -> None:
    """Begin to seek the round; but who could have known it before the pool was posted draws nothing from it."""
    draw = locked(db, draw_id)
    if draw.state != "open" or draw.waits_since is not None or draw.closes_at > now:
        return
    if is_posted_in_time(db, draw):
        draw.waits_since = now
    else:
        draw.state = "cancelled"
    boards.touch(db, "draw", draw.id, now)


def locked(db: Session, draw_id: int) -> DrawRow:
    """The draw, after its group."""
    draw = db.get_one(DrawRow, draw_id)
    store.group_of(db, draw)
    db.refresh(draw, with_for_update=True)
    return draw


def is_posted_in_time(db: Session, draw: DrawRow) -> bool:
    """Whether the pool's fingerprint stood in a room before the round appeared."""
    announced = select(BoardRow.id).filter_by(kind="draw", subject_id=draw.id)
    sent = select(PromiseRow.id).where(PromiseRow.board_id.in_(announced), PromiseRow.sent_at < draw.closes_at)
    return db.scalar(sent.limit(1)) is not None


def wanted(db: Session, now: datetime) -> Sequence[tuple[int, int]]:
    query = select(DrawRow.id, DrawRow.beacon_round).where(DrawRow.state == "open", DrawRow.waits_since.is_not(None))
    return [(draw_id, number) for draw_id, number in db.execute(query.order_by(DrawRow.closes_at, DrawRow.id)) if number]


async def fetch(number: int, house: House) -> bytes | None:
    return await house.fetch_round(number) if house.fetch_round else None


def bring(db: Session, draw_id: int, signature: bytes | None, now: datetime, house: House) -> None:
    draw = locked(db, draw_id)
    if draw.state != "open" or draw.waits_since is None:
        return
    if signature is not None:
        take(db, draw, signature, now, house)
    elif now - draw.waits_since >= GIVE_UP:
        draw.state = "cancelled"
        boards.touch(db, "draw", draw.id, now)


def take(db: Session, draw: DrawRow, signature: bytes, now: datetime, house: House) -> bool:
    """Draw by this signature, if it is the round's; says whether it was. Who brought it makes no difference."""
    if draw.beacon_round is None or not quicknet.is_signed(draw.beacon_round, signature):
        return False
    draw.signature = signature
    drawing.draw_lots(db, draw, now, house)
    return True


ROUNDS = Sweep("beacon rounds", due, upcoming, settle, after_intake=False)
FETCH = Errand("rounds", wanted, fetch, bring)
