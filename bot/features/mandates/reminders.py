"""A term draws to its end: its room is told, and its holder in private; never at night, and only what is true now."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.chat.action import action
from bot.commons import hours, mandates, private, resting, roll
from bot.commons.rooms import put_up_everywhere
from bot.delivery import boards
from bot.delivery.outbox import say
from bot.features.mandates import rules, store
from bot.features.mandates.handovers import texts
from bot.routing.feature import voice_in
from bot.routing.house import House, prefix_on
from bot.tidy import isolated
from models import ChatRow, GroupRow, MandateRow

BOARD = "term"
AWAITS = "handover"  # words in reply to the question for notes


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
    first, mandate.reminded_at = mandate.reminded_at is None, now
    draw = ("draw", mandate.draw_id) if mandate.draw_id else None
    put_up_everywhere(db, group.id, BOARD, mandate.id, now, after=draw)
    chat = None if resting.rests(mandate.member, now) else private.room_of(db, mandate.member, now)
    if chat is not None:
        boards.put_up(db, chat, BOARD, mandate.id, now=now, group_id=group.id)
    if chat is not None and first:
        ask_for_notes(db, group, chat, mandate, now)


def ask_for_notes(db: Session, group: GroupRow, chat: ChatRow, mandate: MandateRow, now: datetime) -> None:
    """Once, in private; in the room there is the button for it."""
    name, role = roll.name_of(mandate.member), isolated(mandate.role.name)
    words = texts.ask(voice_in(chat, group), name, role, prefix_on(chat.platform))
    say(db, chat, words, key=f"mandate:{mandate.id}:notes", now=now, awaits=action(AWAITS, mandate.id))
