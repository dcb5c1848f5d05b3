"""A term draws to its end: its room is told, and its holder in private; never at night, and only what is true now."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import hours, mandates, private, resting
from bot.commons.rooms import put_up_everywhere
from bot.delivery import boards
from bot.features.mandates import rules, store
from bot.routing.house import House
from models import GroupRow, MandateRow

BOARD = "term"


def settle(db: Session, mandate_id: int, now: datetime, house: House) -> None:
    group = store.locked_group(db, mandate_id)
    mandate = store.fresh(db, mandate_id)
    due = mandate.remind_at
    if mandate.state != "running" or due is None or due > now or mandate.ends_at <= now:
        return
    following = mandates.next_reminder(mandate, mandate.role.notice, now)
    before = following or mandate.ends_at
    said_at = None if rules.outdated(due, before, now) else hours.waking(group, now, before)
    if said_at is None or said_at <= now:
        mandate.remind_at = following
    else:
        mandate.remind_at = said_at
    if said_at is not None and said_at <= now:
        remind(db, group, mandate, now)


def remind(db: Session, group: GroupRow, mandate: MandateRow, now: datetime) -> None:
    """A board in each room, in the topic of its draw; and one in private to whoever holds it, unless they are resting."""
    mandate.reminded_at = now
    draw = ("draw", mandate.draw_id) if mandate.draw_id else None
    put_up_everywhere(db, group.id, BOARD, mandate.id, now, after=draw)
    chat = None if resting.rests(mandate.member, now) else private.room_of(db, mandate.member, now)
    if chat is not None:
        boards.put_up(db, chat, BOARD, mandate.id, now=now, group_id=group.id)
