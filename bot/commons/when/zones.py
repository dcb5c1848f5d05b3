"""From what a clock on the wall shows to an instant, also on the days when the clocks change."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
A_DAY = 24 * 60  # minutes; no clock was ever put forward by more


def shown(at: datetime, zone: ZoneInfo) -> datetime:
    """What the clocks show at an instant, without a zone."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def exists(day: date, clock: time, zone: ZoneInfo) -> bool:
    """False in the hour that is skipped in spring."""
    wall = datetime.combine(day, clock)
    return shown(wall.replace(tzinfo=zone).astimezone(UTC), zone) == wall


def instant_of(day: date, clock: time, zone: ZoneInfo, *, last: bool = False) -> datetime:
    """When the clocks show this: the first time, or the last, if they do so twice; if never, when they skip it."""
    wall = datetime.combine(day, clock.replace(fold=0))
    if exists(day, clock.replace(fold=0), zone):
        return wall.replace(tzinfo=zone, fold=int(last)).astimezone(UTC)
    start = wall.replace(tzinfo=zone, fold=1, second=0, microsecond=0).astimezone(UTC)
    return start + bisect_left(range(A_DAY), True, key=lambda minutes: shown(start + minutes * MINUTE, zone) >= wall) * MINUTE
