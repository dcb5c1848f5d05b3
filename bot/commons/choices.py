"""Settings that take one of a few words, and how a choice is shown where a platform has polls of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.chat.message import AsPoll, Message
from bot.commons import texts
from bot.commons.when import read_length
from bot.refusal import Refused
from bot.routing.feature import Setting
from models import GroupRow

LONGEST_TENURE = timedelta(days=366)


def one_of(*words: str) -> Callable[[str], str]:
    """Reads such a setting. Refused: any other word."""

    def read(text: str) -> str:
        if text.casefold() not in words:
            raise Refused("one of these", words=list(words))
        return text.casefold()

    return read


def read_tenure(text: str) -> int | None:
    """In seconds; None for how it is where nobody has set it."""
    if text.casefold() == "usual":
        return None
    return 0 if text.casefold() in {"none", "0"} else int(read_length(text, LONGEST_TENURE).total_seconds())


TENURE = Setting("tenure", None, read_tenure, texts.tenure_line)
MATRIX = Setting("matrix", "auto", one_of("auto", "polls", "reactions"), texts.matrix_line)
SHOWN: dict[str, AsPoll] = {"polls": "yes", "reactions": "no"}


def as_preferred(group: GroupRow, said: Message) -> Message:
    """A board whose buttons are one choice of several, shown as the group wants it."""
    return said if said.poll == "no" else replace(said, poll=SHOWN.get(MATRIX.of(group), said.poll))
