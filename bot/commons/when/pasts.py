"""Days that are over, as people type them to look back: `March`, `3 months ago`, `Monday`, `2026-03-01`; pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from bot.commons.when.days import NAMED, read_day
from bot.commons.when.instants import DAY_FIRST
from bot.commons.when.lengths import Span, months_later, span_of
from bot.commons.when.words import MONTHS, UNITS, tokens, unreadable
from bot.commons.when.zones import instant_of
from bot.language import Voice

AGO = re.compile(r"^hace\s+|^the last\s+|^last\s+|\s+ago$|\s+atr[aá]s$", re.IGNORECASE)
MOMENT = timedelta(microseconds=1)
BACK = (timedelta(days=7), timedelta(days=366))  # from where on a weekday, and a date without its year, are looked for


def read_since(words: str, now: datetime, voice: Voice) -> datetime:
    """When that day began, in the group's zone; of a day without its week or year the last one. Refused: "no such time"."""
    return instant_of(day_of(words, now, voice), time(), voice.zone)


def read_until(words: str, now: datetime, voice: Voice) -> datetime:
    """The last moment of that day, or of a month named without a day; now at the latest. Refused: "no such time"."""
    day, parts = day_of(words, now, voice), tokens(words, voice.language)
    a_month = any(part in MONTHS for part in parts) and not has_day(parts)
    following = months_later(day, 1) if a_month else day + timedelta(days=1)
    return min(now, instant_of(following, time(), voice.zone) - MOMENT)


def day_of(words: str, now: datetime, voice: Voice) -> date:
    today = now.astimezone(voice.zone).date()
    days = [day for day in meant(tokens(AGO.sub("", words), voice.language), today, voice) if day <= today]
    if not days:
        raise unreadable("no such time", words)
    return max(days)


def meant(parts: Sequence[str], today: date, voice: Voice) -> Iterator[date]:
    if span := span_of(["1", *parts] if len(parts) == 1 and parts[0] in UNITS else parts):
        yield from ago(span, today)
    said = " ".join([*(["1"] if parts and parts[0] in MONTHS and not has_day(parts) else []), *parts])
    bases = [today] if said in NAMED else [today - back for back in BACK]
    for base in bases:
        yield from read_day(said, base, voice.language in DAY_FIRST)


def has_day(parts: Sequence[str]) -> bool:
    """Whether a month has a day with it, and not just a year."""
    return any(part.isdecimal() and len(part) < 3 for part in parts)


def ago(span: Span, today: date) -> list[date]:
    try:
        return [months_later(today, -span.months) - timedelta(days=span.days, seconds=span.seconds)]
    except (OverflowError, ValueError):
        return []
