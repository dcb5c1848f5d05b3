"""Draws whose window has passed, and those that an outage fell into."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.commons.rooms import note_unheard
from bot.delivery import boards
from bot.features.lots import chances, drawing, rules, store
from bot.routing.feature import Gap, Sweep
from bot.routing.house import House
from models import ChatRow, DrawRow, GroupRow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFERS_STAY_NEWS = timedelta(days=1)  # after which an unanswered seat is no longer mentioned after an outage


def settle(db: Session, draw_id: int, now: datetime, house: House) -> None:
    draw = db.get_one(DrawRow, draw_id)
    store.group_of(db, draw)
    db.refresh(draw, with_for_update=True)
    if draw.state != "open" or draw.closes_at > now:
        return
    if store.is_announced(db, draw):
        note_unheard(db, draw.group_id, "result", draw.id, draw.closes_at)
        drawing.draw_lots(db, draw, now, house)
    else:
        draw.state = "cancelled"
        boards.touch(db, "draw", draw.id, now)


def gap(db: Session, chat: ChatRow, gap: Gap, now: datetime, house: House) -> bool:
    """An open draw whose window ended in the gap goes on for one more window. A round of the beacon waits for nobody."""
    if chat.group is None:
        return False
    open_draws = [draw for draw in store.open_draws(db, chat.group.id) if draw.beacon_round is None]
    for draw in open_draws:
        if draw.closes_at <= gap.until:
            draw.closes_at = now + chances.window_of(chat.group, house)
            boards.touch(db, "draw", draw.id, now)
    late = wait_longer(db, chat.group, gap, now)
    return bool(open_draws or late or store.offered(db, chat.group.id, since=now - OFFERS_STAY_NEWS))


def wait_longer(db: Session, group: GroupRow, gap: Gap, now: datetime) -> bool:
    """Offers whose time ran out in the gap stand for as long as it was, from an hour to a day. Says whether there are any."""
    late = [ticket for ticket in store.offered(db, group.id) if ticket.answer_by is not None and ticket.answer_by <= gap.until]
    for ticket in late:
        ticket.answer_by = rules.answer_by(now + min(max(gap.until - gap.since, HOUR), DAY), ticket.serves_until)
        boards.touch(db, "result", ticket.draw_id, now)
        boards.touch(db, "offer", ticket.id, now)
    return bool(late)


SWEEP = Sweep("draws", store.due, store.upcoming, settle)
