"""When the same few carry most, and when that is looked at. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.commons.when.schedules import Schedule, next_after

FEW = 2  # people
LEAST = 4  # mandates: with fewer there is nothing to share out
AT, DAYS = time(10), 28  # the time of day, and the days of the month that there always are
SINCE = date(2020, 1, 1)


def carried_by_few(held: Sequence[int], people: int) -> int:
    """Of so many mandates each holder has, how many the few who hold most have; 0 if there is nothing to say.

    There is if these few hold more than half, and more than they would if all mandates were spread evenly over so many
    people: three friends with five roles between them cannot do better, and hear nothing.
    """
    total, most = sum(held), sum(sorted(held, reverse=True)[:FEW])
    each, left = divmod(total, max(people, len(held), 1))
    evenly = FEW * each + min(left, FEW)
    return most if total >= LEAST and most * 2 > total and most > evenly else 0


def next_look(group_id: int, now: datetime, zone: ZoneInfo) -> datetime:
    """Each group has its own day of the month, so that not all are looked at in the same minute."""
    return next_after(Schedule(1, "month", (), 1 + group_id % DAYS, AT, SINCE), now, zone)
