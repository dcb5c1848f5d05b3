"""What is meant by words about a mandate; pure."""

import re
from datetime import datetime

from bot.refusal import Refused
from bot.tidy import folded, tidy

MOST_THINGS, LONGEST_THING = 30, 300  # of a handover; characters
NOTHING = frozenset({"nothing", "none", "nada"})


def outdated(due: datetime, following: datetime, now: datetime) -> bool:
    """Whether a reminder that was due then is better left to the next, or to the end, because that is nearer."""
    return now - due > following - now


def beyond(term_count: int, most: int) -> bool:
    """Whether another term would be more in a row than the role allows."""
    return term_count + 1 > most


def read_more(words: str) -> tuple[str, bool]:
    """What is said about a longer time, without `by`; and whether it names the end."""
    bare = re.sub(r"^(?:by|for|por|durante)\s+", "", words.strip(), flags=re.IGNORECASE)
    until = re.match(r"(?:until|to|hasta)\s+", bare, re.IGNORECASE)
    return (bare[until.end() :], True) if until else (bare, False)


def things(words: str) -> list[str]:
    """What is handed over, one thing a line, without the dashes of a list. Refused: too many."""
    lines = (tidy(line.strip().lstrip("-*•–").strip(), LONGEST_THING) for line in words.splitlines())
    found = [line for line in lines if line]
    if not found:
        raise Refused("unreadable text")
    if len(found) > MOST_THINGS:
        raise Refused("too many things", most=MOST_THINGS)
    return found


def takes_back(words: str) -> bool:
    return folded(words.strip(" .")) in NOTHING
