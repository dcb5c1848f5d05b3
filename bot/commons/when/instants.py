"""Instants as people type them, in the group's zone: `Friday 18:00`, `tomorrow`, `in 3 days`, `2026-12-01 18:00`."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.commons.when.days import Dates, read_day
from bot.commons.when.lengths import after, months_later, span_of
from bot.commons.when.words import tokens, unreadable
from bot.commons.when.zones import exists, instant_of
from bot.language import Voice
from bot.refusal import Refused

YEARS = 2  # how far ahead a time may be
JUST_PAST = timedelta(days=31)  # a date without its year that is no older is taken to be over, not to be next year's
END = time(23, 59)  # a day without a time means all of that day
DAY_FIRST = frozenset({"es"})  # languages in which 3/4 is the 3rd of April to all
CLOCK = re.compile(r"(at )?([0-9]{1,2})(?::([0-9]{2})(?::([0-9]{2}))?)?( hour(?: ([0-9]{2}))?)?(?: (am|pm))?")


def read_instant(words: str, now: datetime, voice: Voice) -> datetime:
    """When that is, in UTC, always after `now`. A day without a time is over at 23:59; a time without a day is the next one.

    Refused: "no such time", "time is past", "too far" (over two years), "day ambiguous" (03/04/2026, next Friday),
    "time skipped" (an hour that the clocks leave out). Of an hour that comes twice the first is meant.
    """
    parts = tokens(words, voice.language)
    at = (later(parts, now, voice) or named(parts, now, voice)) if parts else None
    if at is None:
        raise unreadable("no such time", words)
    if at <= now:
        raise Refused("time is past")
    if at > after_years(now, voice):
        raise Refused("too far")
    return at


def after_years(now: datetime, voice: Voice) -> datetime:
    local = now.astimezone(voice.zone)
    return instant_of(months_later(local.date(), YEARS * 12), local.time(), voice.zone, last=True)


def later(parts: Sequence[str], now: datetime, voice: Voice) -> datetime | None:
    """`in 3 days`, `90 minutes`."""
    span = span_of(parts)
    return after(span, now, voice.zone) if span else None


def named(parts: Sequence[str], now: datetime, voice: Voice) -> datetime | None:
    """A day, a time of day, or both in either order."""
    for cut in range(len(parts) + 1):
        for day, clock in ((parts[:cut], parts[cut:]), (parts[cut:], parts[:cut])):
            if at := both(day, clock, now, voice):
                return at
    return None


def both(day: Sequence[str], clock: Sequence[str], now: datetime, voice: Voice) -> datetime | None:
    time_of_day = read_clock(" ".join(clock)) if clock else END
    if time_of_day is None:
        return None
    days = days_meant(day, now.astimezone(voice.zone).date(), voice)
    return next_of(days, time_of_day, now, voice) if days else None


def days_meant(parts: Sequence[str], today: date, voice: Voice) -> Dates:
    if not parts:
        return today, today + timedelta(days=1)
    span = span_of(parts)
    if span and not span.seconds:
        return (after(span, datetime.combine(today, time(12), UTC), voice.zone).date(),)
    return read_day(" ".join(parts), today, voice.language in DAY_FIRST)


def read_clock(words: str) -> time | None:
    """24 hours, or am and pm; a number alone is no time of day unless `at` stands before it."""
    if words in {"noon", "at noon"}:
        return time(12)
    match = CLOCK.fullmatch(words)
    if match is None or not any(match.group(1, 3, 5, 7)) or (match[3] and match[6]):
        return None
    hour = half_day(int(match[2]), match[7]) if match[7] else int(match[2])
    try:
        return time(hour, int(match[3] or match[6] or 0), int(match[4] or 0))
    except ValueError:
        return None


def half_day(hour: int, half: str) -> int:
    """12 am is midnight, 12 pm noon; -1 for 13 pm."""
    return hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else -1


def next_of(days: Dates, clock: time, now: datetime, voice: Voice) -> datetime:
    """The first that is still to come."""
    today = now.astimezone(voice.zone).date()
    if len(days) > 2 and days[0] < today <= days[0] + JUST_PAST:
        raise Refused("time is past")
    for day in days:
        if today <= day and (at := on_day(day, clock, today, voice)) > now:
            return at
    raise Refused("time is past")


def on_day(day: date, clock: time, today: date, voice: Voice) -> datetime:
    if day > months_later(today, YEARS * 12):
        raise Refused("too far")
    if not exists(day, clock, voice.zone):
        raise Refused("time skipped")
    return instant_of(day, clock, voice.zone, last=clock == END)
