"""Reading what is looked for: `kitchen since March page 2`, `D-17`; words are words, whatever signs stand in them."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.commons.finding import MOST_WORDS
from bot.commons.when import read_since
from bot.commons.words import words_of
from bot.language import Voice
from bot.refusal import Refused

SINCE = re.compile(r"(?:^|\s)(?:since|desde)\s+(\S.*)$", re.IGNORECASE)
PAGE = re.compile(r"(?:^|\s)(?:page|página|pagina)\s+(\d{1,6})$", re.IGNORECASE | re.ASCII)
NUMBER = re.compile(r"(?:D-?)?(\d{1,9})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    words: str
    since: datetime | None
    page: int


def read(text: str, now: datetime, voice: Voice) -> Asked:
    """Refused: a date that does not read, or nothing that could be found."""
    text, page = cut(text, PAGE)
    text, since = cut(text, SINCE)
    words = words_of(text)
    if text and not words:
        raise Refused("no word to find")
    if len(words) > MOST_WORDS:
        raise Refused("too many words", most=MOST_WORDS)
    return Asked(text, day(since, now, voice) if since else None, max(1, int(page or 1)))


def day(words: str, now: datetime, voice: Voice) -> datetime:
    try:
        return read_since(words, now, voice)
    except Refused as no:
        raise Refused("no such day", **no.facts) if no.why == "no such time" else no from None


def cut(text: str, ending: re.Pattern[str]) -> tuple[str, str]:
    """What stands before it, and what it says; nothing if the text does not end so."""
    found = ending.search(text.strip())
    return (text.strip()[: found.start()].strip(), found[1]) if found else (text.strip(), "")


def number(text: str) -> int:
    found = NUMBER.fullmatch(text.strip())
    if found is None:
        raise Refused("which decision")
    return int(found[1])
