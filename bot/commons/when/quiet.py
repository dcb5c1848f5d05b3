"""Quiet hours: when nobody wants to be nudged."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.commons.when.zones import instant_of

QUIET_FROM, QUIET_TO = time(22), time(8)


def is_quiet(at: datetime, zone: ZoneInfo, quiet_from: time = QUIET_FROM, quiet_to: time = QUIET_TO) -> bool:
    """By what the clocks show; never, if both ends are the same."""
    clock = at.astimezone(zone).time()
    if quiet_from <= quiet_to:
        return quiet_from <= clock < quiet_to
    return clock >= quiet_from or clock < quiet_to


def quiet_until(now: datetime, zone: ZoneInfo, quiet_from: time = QUIET_FROM, quiet_to: time = QUIET_TO) -> datetime:
    """The next moment outside the quiet hours: now, or when they end."""
    if not is_quiet(now, zone, quiet_from, quiet_to):
        return now
    today = now.astimezone(zone).date()
    days = (today, today + timedelta(days=1))
    ends = (instant_of(day, quiet_to, zone, last=last) for day in days for last in (False, True))
    return next(end for end in ends if end > now)
