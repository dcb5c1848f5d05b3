"""The mandates of somebody who is forgotten end, the next in order are asked, and notes that they left go."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import mandates
from bot.commons.rooms import say_everywhere
from bot.delivery import boards
from bot.features.mandates import store, texts
from bot.features.mandates.handovers.boards import BOARD as HANDOVER
from bot.features.mandates.reminders import BOARD
from bot.language import Voice
from bot.routing.forgetting import Forget, Forgotten
from bot.tidy import isolated
from models import ChatRow, GroupRow, HandoverRow, MandateRow, MemberRow


def forget(db: Session, found: Forgotten) -> None:
    for member in found.members:
        ended = [mandate for mandate in store.of_member(db, member) if mandate.state == "running"]
        for mandate in ended:
            end(db, mandate, found)
        for mandate in store.of_member(db, member):
            boards.touch(db, BOARD, mandate.id, found.now)
            clear(db, mandate, found)
        if ended:
            tell(db, member, ended, found)
    db.flush()


def end(db: Session, mandate: MandateRow, found: Forgotten) -> None:
    """And what the group is asked about it is asked no longer."""
    number, mandate.asked_number = mandate.asked_number, None
    mandates.end(db, mandate, "left", found.now, found.house, pass_on=True)
    if number is not None:
        found.about.add((mandate.group_id, number))
        found.house.take_back(db, db.get_one(GroupRow, mandate.group_id), number, found.now, found.house)


def clear(db: Session, mandate: MandateRow, found: Forgotten) -> None:
    for notes in db.scalars(select(HandoverRow).filter_by(mandate_id=mandate.id)):
        found.words.update(notes.things)
        notes.things = []
        boards.touch(db, HANDOVER, notes.id, found.now)


def tell(db: Session, member: MemberRow, ended: list[MandateRow], found: Forgotten) -> None:
    names = [isolated(mandate.role.name) for mandate in ended]

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.given_up(v, names)

    say_everywhere(db, member.group_id, words, f"mandate:{ended[0].id}:given up", found.now)


FORGET = Forget(by_hand=(HandoverRow.things,), stay=(MandateRow.member_id,), then=forget)
