"""Recalls as rules on plain values: how many must support one, what was asked for, and how it may end. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.refusal import Refused
from bot.tidy import tidy

State = Literal["gathering", "deciding", "adopted", "blocked", "no quorum", "withdrawn", "lapsed", "unneeded"]
OPEN = ("gathering", "deciding")
CAME_TO_NOTHING = ("blocked", "no quorum", "withdrawn", "lapsed")
OPEN_FOR, PEACE = timedelta(days=7), timedelta(days=30)  # to find supporters; before the same person opens it again
LEAST, SHARE = 3, 10  # supporters: so many, or the tenth part of the roll
MOST_SUPPORTERS = 1_000
WORDS_LIMIT = 1_000  # characters of a reason or an answer
BECAUSE = re.compile(r"(?:because(?:\s+of)?|porque|por)\b[\s:,]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier recall about the same person and role that came to nothing in these days."""

    number: int
    needed: int
    opened_by: int
    ended_at: datetime


def supporters(others: int, on_roll: int, wished: int) -> int:
    """How many must support it, the opener among them. `wished`: as the group has set it; 0: three or a tenth."""
    return max(1, min(others, wished or max(LEAST, -(-on_roll // SHARE))))


def supporters_again(others: int, usual: int, before: Collection[Before]) -> int:
    """Twice as many as the last time, while that is not long ago."""
    return max(usual, min(others, 2 * max((each.needed for each in before), default=0)))


def check_peace(opener: int, before: Collection[Before]) -> None:
    """Refused: this opener has had it asked already in these days."""
    for each in before:
        if each.opened_by == opener:
            raise Refused("recalled lately", number=each.number, again_at=each.ended_at + PEACE)


def is_reason(words: str) -> bool:
    """Whether these words begin a reason, and no role."""
    return not words or BECAUSE.match(words) is not None


def read_reason(words: str) -> str:
    """Without its `because`; "" if there is none. Refused: too long."""
    return read_words(BECAUSE.sub("", words, count=1)) if words else ""


def read_words(words: str) -> str:
    text = tidy(words, WORDS_LIMIT + 1)
    if len(text) > WORDS_LIMIT:
        raise Refused("recall words too long", limit=WORDS_LIMIT)
    return text


def read_supporters(text: str) -> int:
    """`5`; `auto` for three or a tenth."""
    words = text.strip().casefold()
    if words in {"auto", "default"}:
        return 0
    if not (words.isascii() and words.isdecimal() and len(words) < 5 and 1 <= int(words) <= MOST_SUPPORTERS):
        raise Refused("no such supporters", most=MOST_SUPPORTERS)
    return int(words)
