"""The words of stories about recalls: Anna is treasurer, and the others may think about it."""

from typing import Any

from bot.chat.incoming import Ack, Quoted, Replied
from models import MandateRow, RecallRow
from tests.support.moot import Moot, enrol
from tests.support.room import Standing
from tests.support.seats import seat

OTHERS = ("Ben", "Cleo", "Dana", "Emil", "Fay")
PURPOSE = "because the books are closed to us"


def anna_serves(bot: Moot, *others: str, **facts: Any) -> int:
    """Anna's mandate as treasurer, in a group with these others."""
    enrol(bot, "Anna", *(others or OTHERS))
    bot.says("Anna", "/settings round 2 days")
    return seat(bot, "Anna", **facts)


def supported(bot: Moot, *by: str, whom: str = "Anna") -> Ack | None:
    """Ben opens it, and these support it; what the last one heard."""
    bot.says("Ben", f"/recall {whom} treasurer {PURPOSE}")
    acks = [bot.taps(name, "Support") for name in by or ("Cleo", "Dana")]
    return acks[-1]


def board(bot: Moot) -> Standing:
    bot.settle()
    return bot.seen("⚖️")


def replies(bot: Moot, name: str, text: str) -> Ack | None:
    """In answer to the newest board of a recall."""
    return bot.hand(Replied(bot.origin(name), text, Quoted(bot.seen("⚖️").id, mine=True)))


def consenting(bot: Moot, *names: str) -> None:
    for name in names or OTHERS:
        bot.taps(name, "Consent")


def time_is_up(bot: Moot) -> None:
    bot.later(days=2, seconds=1)


def recall(bot: Moot) -> RecallRow:
    return bot.rows(RecallRow)[-1]


def mandate(bot: Moot) -> MandateRow:
    return bot.rows(MandateRow)[0]
