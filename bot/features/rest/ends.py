"""Until when somebody wants to rest: `3 weeks`, `for 3 weeks`, `until Friday`."""

import re
from datetime import datetime

from bot.commons.when import Span, after, read_instant, read_span
from bot.language import Voice
from bot.refusal import Refused
from bot.tidy import isolated, tidy

LONGEST = Span(months=12)
UNTIL = re.compile(r"(?:until|till|to|hasta)\s+(?:el\s+|la\s+)?", re.IGNORECASE)
FOR = re.compile(r"(?:for|por|durante)\s+", re.IGNORECASE)
REASON = re.compile(r"[,;.(]|\s(?:because|as|since|porque|pues)\s", re.IGNORECASE)
UNREADABLE = ("no such time", "no such length")


def read_end(text: str, now: datetime, voice: Voice) -> datetime:
    """When the rest ends. A reason that follows is passed over. Refused: unreadable, over a year, or past."""
    try:
        at = first_read(text, now, voice)
    except Refused as no:
        raise Refused("rest too long") if no.why == "too far" else no from None
    if at > after(LONGEST, now, voice.zone):
        raise Refused("rest too long")
    return at


def first_read(text: str, now: datetime, voice: Voice) -> datetime:
    """Of the whole text, or of what stands before a reason."""
    for words in (text, REASON.split(text, maxsplit=1)[0]):
        try:
            return end_of(words.strip(), now, voice)
        except Refused as no:
            if no.why not in UNREADABLE:
                raise
    raise Refused("rest unreadable", words=isolated(tidy(text, 40)) or "…")


def end_of(words: str, now: datetime, voice: Voice) -> datetime:
    if until := UNTIL.match(words):
        return read_instant(words[until.end() :], now, voice)
    bare = FOR.sub("", words, count=1)
    try:
        return after(read_span(bare), now, voice.zone)
    except Refused as no:
        if no.why not in UNREADABLE:
            raise
        return read_instant(bare, now, voice)
