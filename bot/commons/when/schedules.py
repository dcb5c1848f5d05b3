"""Schedules: what recurs, such as `every weekday 9:00`, `every 2 weeks`, `every month on the 1st`."""

import json
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.commons.when.instants import read_clock
from bot.commons.when.words import DAYS, tokens, unreadable
from bot.commons.when.zones import instant_of
from bot.language import Voice

USUAL = time(9)  # the time of day if none is said
MOST = {"day": 366, "week": 52, "month": 24}
LAST = 31  # the day of the month that stands for its last
RULE = re.compile(
    rf"every(?: (?P<n>[0-9]{{1,3}}|other))?(?: (?P<unit>day|weekday|week|month))?"
    rf"(?: (?P<days>(?:{'|'.join(DAYS)})(?: (?:and )?(?:{'|'.join(DAYS)}))*))?(?: (?P<date>[0-9]{{1,2}}|last)(?: day)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every so many days, weeks or months, counted from `since`, on these weekdays or this day of the month, at this time."""

    every: int
    unit: str  # day, week, month
    weekdays: tuple[int, ...]  # 0 is Monday; of weeks
    day: int  # of months; one that a month does not have is its last
    clock: time
    since: date

    def kept(self) -> str:
        """As JSON, for a row."""
        return json.dumps(asdict(self), default=str)


def schedule_of(kept: str) -> Schedule:
    """From what `kept` gave."""
    facts: dict[str, Any] = json.loads(kept)
    facts |= {"weekdays": tuple(facts["weekdays"]), "clock": time.fromisoformat(facts["clock"])}
    return Schedule(**(facts | {"since": date.fromisoformat(facts["since"])}))


def read_schedule(words: str, now: datetime, voice: Voice) -> Schedule:
    """Counted from today in the group's zone, at 9:00 if no time is said. Refused: "no such schedule"."""
    parts = tokens(words, voice.language)
    today = now.astimezone(voice.zone).date()
    for cut in range(len(parts), 0, -1):
        clock = read_clock(" ".join(parts[cut:])) if parts[cut:] else USUAL
        if clock is not None and (schedule := ruled(" ".join(parts[:cut]), clock, today)):
            return schedule
    raise unreadable("no such schedule", words)


def ruled(words: str, clock: time, today: date) -> Schedule | None:
    words = {"daily": "every day", "weekly": "every week", "monthly": "every month"}.get(words, words)
    match = RULE.fullmatch(words)
    if match is None or is_ordinal(match["n"], match["unit"]):
        return None
    every = {None: 1, "other": 2}.get(match["n"]) or int(match["n"])
    unit, days = match["unit"] or "week", tuple(DAYS.index(day) for day in (match["days"] or "").split() if day != "and")
    if unit == "weekday" and not days:
        unit, days = "week", tuple(range(5))
    if not fits_together(unit, days, match["date"], match["unit"], every):
        return None
    day = LAST if match["date"] == "last" else int(match["date"] or today.day)
    return Schedule(
        every,
        unit,
        tuple(sorted(set(days or [today.weekday()]))) if unit == "week" else (),
        day if unit == "month" else 0,
        clock,
        today,
    )


def is_ordinal(number: str | None, unit: str | None) -> bool:
    """`every 3rd Friday` may be each month's third, `every 2nd weekday` no day of the week."""
    return number is not None and (unit == "weekday" or (unit is None and number != "other"))


def fits_together(unit: str, days: tuple[int, ...], on: str | None, said: str | None, every: int) -> bool:
    """Weekdays belong to weeks, dates to months, and something must recur."""
    if unit not in MOST or not 1 <= every <= MOST[unit] or (days and unit != "week") or (on and unit != "month"):
        return False
    return bool(said or days) and (on in {None, "last"} or 1 <= int(on or 0) <= LAST)


def next_after(schedule: Schedule, instant: datetime, zone: ZoneInfo) -> datetime:
    """The first time after the instant: once a day that has one, also when the clocks skip it or show it twice."""
    times = (instant_of(day, schedule.clock, zone) for day in days_from(instant.astimezone(zone).date()) if falls_on(schedule, day))
    return next(at for at in times if at > instant)


def days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)


def falls_on(schedule: Schedule, day: date) -> bool:
    if day < schedule.since:
        return False
    if schedule.unit == "month":
        months = (day.year - schedule.since.year) * 12 + day.month - schedule.since.month
        return months % schedule.every == 0 and day.day == min(schedule.day, monthrange(day.year, day.month)[1])
    if schedule.unit == "week":
        return day.weekday() in schedule.weekdays and (monday(day) - monday(schedule.since)).days // 7 % schedule.every == 0
    return (day - schedule.since).days % schedule.every == 0


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
