"""A council ends: by its own word or at its date, and all its mandates with it."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import mandates, register, roll
from bot.commons.rooms import say_everywhere
from bot.delivery import boards
from bot.features.councils import texts
from bot.routing.house import House
from bot.tidy import isolated
from models import CouncilRow, EntryRow, GroupRow


def end(db: Session, council: CouncilRow, state: str, now: datetime, house: House) -> None:
    """`closed` by those who sit in it, or `over` because its time is; as of its date then."""
    group = db.get_one(GroupRow, council.group_id)
    ended = mandates.end_role(db, group, council.role, now, house)
    entry = enter(db, council, state, now, house)
    names = roll.names([mandate.member for mandate in ended])
    told = texts.Ended(council.number, isolated(council.issue), isolated(council.result), names)
    after = ("council", council.id)
    key = f"council:{council.id}"
    say_everywhere(db, council.group_id, lambda v, chat: texts.ended(v, told), key, now, after=after, tells=entry)


def enter(db: Session, council: CouncilRow, state: str, now: datetime, house: House) -> EntryRow:
    council.state = state
    boards.touch(db, "council", council.id, now)
    group = db.get_one(GroupRow, council.group_id)
    facts, personal = {"council": f"D-{council.number}", "why": state}, {"issue": council.issue, "result": council.result}
    return register.enter(db, group, "council ends", facts, now=now, dice=house.dice, personal=personal)
