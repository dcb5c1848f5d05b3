"""When a weekly bulletin is due, and how a fingerprint is cut so that it can be compared by eye. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.commons.when.schedules import Schedule, next_after
from bot.refusal import Refused

RHYTHMS = ("weekly", "off")
HOUR, MONDAY = 9, 0  # the hour if none is said, and the day
SINCE = date(2020, 1, 1)


def read(text: str) -> list[str | int]:
    """`weekly`, `weekly 9`, `weekly at 9:00`, `off`. Refused: "no such bulletin"."""
    words = [word for word in text.casefold().split() if word != "at"]
    hour = words[1].removesuffix(":00") if len(words) == 2 else str(HOUR)
    known = words[:1] and words[0] in RHYTHMS and len(words) <= 2
    if not known or not (hour.isascii() and hour.isdecimal() and int(hour) < 24):
        raise Refused("no such bulletin")
    return [words[0], int(hour)]


def next_time(hour: int, now: datetime, zone: ZoneInfo) -> datetime:
    return next_after(Schedule(1, "week", (MONDAY,), 0, time(hour), SINCE), now, zone)


def grouped(fingerprint: str, size: int = 8) -> Sequence[str]:
    return [fingerprint[start : start + size] for start in range(0, len(fingerprint), size)]
