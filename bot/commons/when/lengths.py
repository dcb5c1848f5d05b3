"""Lengths of time: fixed ones, and spans that count months and years as the calendar does."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.commons.when.words import UNITS, tokens, unreadable
from bot.commons.when.zones import instant_of
from bot.language import LANGUAGES
from bot.refusal import Refused

MONTHS = {"year": 12, "month": 1}
DAYS = {"week": 7, "day": 1}
SECONDS = {"hour": 3600, "minute": 60, "second": 1}


@dataclass(frozen=True, slots=True)
class Span:
    """Months and days of the calendar, which may be longer or shorter, and seconds, which may not."""

    months: int = 0
    days: int = 0
    seconds: int = 0


def read_span(words: str) -> Span:
    """`6 months`, `in 2 weeks`, `1 year`, `1h30`, `a day and 12 hours`, in any of our languages; Refused if it is no such thing."""
    for language in LANGUAGES:
        if span := span_of(tokens(words, language)):
            return span
    raise unreadable("no such length", words)


def read_length(words: str, most: timedelta | None = None) -> timedelta:
    """As `read_span`, but without months and years, whose length is not fixed; Refused beyond `most`."""
    span = read_span(words)
    if span.months:
        raise unreadable("length not fixed", words)
    seconds = span.days * 86_400 + span.seconds
    limit = timedelta.max if most is None else most
    if seconds > limit // timedelta(seconds=1):
        raise Refused("length too long", longest=limit)
    return timedelta(seconds=seconds)


def span_of(parts: Sequence[str]) -> Span | None:
    """Of the readers' words: numbers and units by turns, from large to small, each unit once."""
    parts = [part for part in (parts[1:] if parts[:1] == ["in"] else parts) if part != "and"]
    if len(parts) % 2 and parts[-2:-1] == ["hour"]:
        parts = [*parts, "minute"]
    numbers, units = parts[::2], parts[1::2]
    if not units or len(numbers) != len(units) or not all(map(is_number, numbers)) or not descending(units):
        return None
    return span_made(dict(zip(units, map(int, numbers), strict=True)))


def is_number(part: str) -> bool:
    return part.isascii() and part.isdecimal()


def descending(units: Sequence[str]) -> bool:
    return all(unit in UNITS for unit in units) and all(UNITS.index(one) < UNITS.index(next_) for one, next_ in pairwise(units))


def span_made(counts: dict[str, int]) -> Span | None:
    """None of nothing at all."""
    totals = (sum(counts.get(unit, 0) * size for unit, size in sizes.items()) for sizes in (MONTHS, DAYS, SECONDS))
    return Span(*totals) if any(counts.values()) else None


def after(span: Span, instant: datetime, zone: ZoneInfo) -> datetime:
    """31 January and a month is 28 February; a day later the clocks show the same. Refused if no calendar goes that far."""
    try:
        return moved(instant, span, zone) + timedelta(seconds=span.seconds)
    except (OverflowError, ValueError):
        raise Refused("too far") from None


def moved(instant: datetime, span: Span, zone: ZoneInfo) -> datetime:
    if not span.months and not span.days:
        return instant.astimezone(UTC)
    local = instant.astimezone(zone)
    day = months_later(local.date(), span.months) + timedelta(days=span.days)
    return instant_of(day, local.time(), zone, last=bool(local.fold))


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
