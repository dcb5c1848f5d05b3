"""A term is over: the mandate ends as of its date, however late that is noticed, and whoever held it is thanked."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import mandates
from bot.commons.rooms import say_everywhere
from bot.delivery import boards
from bot.features.mandates import renewals, store, texts
from bot.features.mandates.reminders import BOARD
from bot.features.mandates.successors import farewells, renewed_term
from bot.language import Voice
from bot.routing.house import House, prefix_on
from models import ChatRow, GroupRow, MandateRow


@dataclass
class Turn:
    """What has come of a group's terms that are over. `occasion`: the first of them; no mandate ends twice."""

    occasion: int
    over: list[MandateRow] = field(default_factory=list)
    again: list[MandateRow] = field(default_factory=list)  # new ones, of the same people


def settle(db: Session, mandate_id: int, now: datetime, house: House) -> None:
    """All of its group's that are over; the rooms hear of them in one message."""
    group = store.locked_group(db, mandate_id)
    due = store.over(db, group, now)
    if not due:
        return
    turn = Turn(due[0].id)
    for mandate in due:
        end(db, group, mandate, turn, now, house)
    tell(db, group, turn, now)


def end(db: Session, group: GroupRow, mandate: MandateRow, turn: Turn, now: datetime, house: House) -> None:
    """And the next one begins, if the others have consented to it; if that is over by now as well, it ends, too.

    What is suspended while the group decides goes on as suspended.
    """
    mandates.end(db, mandate, "expired", now, house)
    if mandate.reminded_at is not None:
        boards.touch(db, BOARD, mandate.id, now)
    renewed = mandate.outlook == "renewed"
    following = renewals.begin(db, group, mandate, mandate.ends_at, now, house) if renewed else None
    if following is None:
        turn.over.append(mandate)
        return
    following.suspended_at = mandate.suspended_at
    if following.ends_at <= now:
        end(db, group, following, turn, now, house)
    else:
        turn.again.append(following)


def tell(db: Session, group: GroupRow, turn: Turn, now: datetime) -> None:
    """In every room; of one alone in the topic of its draw."""
    told, again = farewells(db, group, turn.over), [renewed_term(db, each) for each in turn.again]

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.turned(v, told, again, prefix_on(chat.platform))

    all_of_them = [*turn.over, *turn.again]
    draw = all_of_them[0].draw_id if len(all_of_them) == 1 else None
    key = f"mandate:{turn.occasion}:turned"
    say_everywhere(db, group.id, words, key, now, after=("draw", draw) if draw else None)
