"""A term is over: the mandate ends as of its date, however late that is noticed, and whoever held it is thanked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import mandates
from bot.commons.rooms import say_everywhere
from bot.features.mandates import store, texts
from bot.features.mandates.successors import farewells
from bot.language import Voice
from bot.routing.house import House, prefix_on
from models import ChatRow, GroupRow, MandateRow


def settle(db: Session, mandate_id: int, now: datetime, house: House) -> None:
    """All of its group's that are over; the rooms hear of them in one message."""
    group = store.locked_group(db, mandate_id)
    over = store.over(db, group, now)
    for mandate in over:
        mandates.end(db, mandate, "expired", now, house)
    if over:
        tell(db, group, over, now)


def tell(db: Session, group: GroupRow, over: Sequence[MandateRow], now: datetime) -> None:
    """In every room; of one alone in the topic of its draw."""
    told = farewells(db, group, over)

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.ended(v, told, prefix_on(chat.platform))

    draw = over[0].draw_id if len(over) == 1 else None
    say_everywhere(db, group.id, words, f"mandate:{over[0].id}:ended", now, after=("draw", draw) if draw else None)
