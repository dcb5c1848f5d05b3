"""Nominations as plain values: reading one, and in which order those named are shown. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from bot.refusal import Refused
from bot.tidy import tidy

REASON_LIMIT = 300  # characters
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=30)  # for naming, and as long again for changes
IDLE = timedelta(days=14)  # how long an election waits for somebody to move it on
MOST_BUTTONS = 10
NAMING, OPEN_TO_NAMES = "naming", ("naming", "changing")
OPEN_TO_CHOICE = ("changing", "choosing")
UNDER_WAY = ("naming", "changing", "choosing")  # it waits for nobody outside
UNFINISHED = (*UNDER_WAY, "asked", "offered")
BECAUSE = re.compile(r"[\s,;:.–—-]*(?:(?:because|porque)\b[\s,;:–—-]*)?", re.IGNORECASE)
ONESELF = re.compile(r"\s*(?:me|myself|yo|yo mism[oa])(?=\s*(?:$|[,;:.–—-])|\s+(?:because|porque)\b)", re.IGNORECASE)


def read_reason(words: str) -> str:
    """What follows the name. Refused: nothing, or too much."""
    begun = BECAUSE.match(words)
    reason = tidy(words[begun.end() if begun else 0 :], REASON_LIMIT + 1)
    if not reason:
        raise Refused("nominate why")
    if len(reason) > REASON_LIMIT:
        raise Refused("nominate shorter", limit=REASON_LIMIT)
    return reason


def names_oneself(words: str) -> str | None:
    """What follows `me`; None if somebody else is named."""
    found = ONESELF.match(words)
    return words[found.end() :] if found else None


def in_order(nominees: Iterable[int]) -> list[tuple[int, int]]:
    """Each of those named, with how often; those named most first, and else as they were named."""
    return Counter(nominees).most_common()


def changed(before: int | None, was: int, now: int) -> int | None:
    """Whom somebody had named when all was shown, if that is not whom they name now."""
    first = was if before is None else before
    return None if first == now else first
