"""When a digest is due, and how a long one is folded. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.commons.when.schedules import Schedule, next_after
from bot.refusal import Refused

RHYTHMS = ("daily", "weekly", "off")
HOUR, MONDAY = 18, 0  # the hour if none is said, and the day of a weekly one
SINCE = date(2020, 1, 1)
DAY = timedelta(days=1)
MOST = 12  # lines of a digest, of all its sections together


def read(text: str) -> tuple[str, int]:
    """`daily`, `weekly 9`, `daily at 18:00`, `off`. Refused: "no such digest"."""
    words = [word for word in text.casefold().split() if word != "at"]
    hour = words[1].removesuffix(":00") if len(words) == 2 else str(HOUR)
    known = words[:1] and words[0] in RHYTHMS and len(words) <= 2
    if not known or not (hour.isascii() and hour.isdecimal() and int(hour) < 24):
        raise Refused("no such digest")
    return words[0], int(hour)


def next_time(every: str, hour: int, now: datetime, zone: ZoneInfo) -> datetime:
    """The first time after now: once on each day that has one, also when the clocks skip the hour or show it twice.

    Without a digest it is the day's time, too: then what has happened is passed over.
    """
    weekly = every == "weekly"
    schedule = Schedule(1, "week" if weekly else "day", (MONDAY,) if weekly else (), 0, time(hour), SINCE)
    return next_after(schedule, now, zone)


def soon(following: datetime) -> datetime:
    """Until when something counts as close: what ends within a day of the next digest is told in this one, too."""
    return following + DAY


def shares(sizes: Sequence[int], most: int = MOST) -> list[int]:
    """How many of each section are shown when there is room for so many in all: in turn one of each, so that none is lost."""
    shown = [0] * len(sizes)
    while sum(shown) < min(most, sum(sizes)):
        place = min((n for n, size in enumerate(sizes) if shown[n] < size), key=lambda n: (shown[n], n))
        shown[place] += 1
    return shown
