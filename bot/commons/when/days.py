"""Days as people name them: which dates may be meant, nearest first."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bot.commons.when.words import DAYS, MONTHS
from bot.refusal import Refused

DAY, MONTH = "|".join(DAYS), "|".join(MONTHS)
NAMED = {"today": 0, "tomorrow": 1, "overmorrow": 2, "yesterday": -1}
LEAPS = 9  # years in which there is a 29 February for sure
Dates = tuple[date, ...]
Reader = Callable[[re.Match[str], date, bool], Dates]


def read_day(words: str, today: date, day_first: bool) -> Dates:
    """The dates that may be meant, the nearest first; none if the words name no day. Refused if two days are meant alike."""
    for pattern, reader in PATTERNS:
        if match := pattern.fullmatch(words):
            return reader(match, today, day_first)
    return ()


def by_name(match: re.Match[str], today: date, _: bool) -> Dates:
    return (today + timedelta(days=NAMED[match[0]]),)


def weekday(match: re.Match[str], today: date, _: bool) -> Dates:
    first = today + timedelta(days=(DAYS.index(match[1]) - today.weekday()) % 7)
    return first, first + timedelta(days=7)


def next_weekday(match: re.Match[str], today: date, day_first: bool) -> Dates:
    """Of two people one means this week's Friday with it, the other next week's."""
    first, second = weekday(match, today + timedelta(days=1), day_first)
    raise Refused("day ambiguous", first=first, second=second)


def weekday_of_date(match: re.Match[str], today: date, day_first: bool) -> Dates:
    return tuple(day for day in read_day(match[2], today, day_first) if day.weekday() == DAYS.index(match[1]))


def iso(match: re.Match[str], _: date, __: bool) -> Dates:
    return tuple(dates([int(match[1])], int(match[2]), int(match[3])))


def day_month(match: re.Match[str], today: date, _: bool) -> Dates:
    return tuple(dates(years(match[3], today), month_number(match[2]), int(match[1])))


def month_day(match: re.Match[str], today: date, _: bool) -> Dates:
    return tuple(dates(years(match[3], today), month_number(match[1]), int(match[2])))


def slashed(match: re.Match[str], today: date, day_first: bool) -> Dates:
    """3/4 is two different days to people from different places."""
    one, other = int(match[1]), int(match[2])
    as_day_month = tuple(dates(years(match[3], today), other, one))
    as_month_day = () if day_first else tuple(dates(years(match[3], today), one, other))
    if as_day_month and as_month_day and one != other:
        raise Refused("day ambiguous", first=as_day_month[0], second=as_month_day[0])
    return as_day_month or as_month_day


def month_number(word: str) -> int:
    return int(word) if word.isdecimal() else MONTHS.index(word) + 1


def years(typed: str | None, today: date) -> Iterator[int]:
    yield from [int(typed)] if typed else range(today.year, today.year + LEAPS)


def dates(among: Iterator[int] | list[int], month: int, day: int) -> Iterator[date]:
    """Those that the calendar has."""
    for year in among:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern, re.ASCII), reader)
    for pattern, reader in (
        (r"today|tomorrow|overmorrow|yesterday", by_name),
        (rf"({DAY})", weekday),
        (rf"next ({DAY})", next_weekday),
        (rf"({DAY}) next", next_weekday),
        (r"(\d{4})-(\d{1,2})-(\d{1,2})", iso),
        (rf"(\d{{1,2}})\.? ({MONTH})(?: (\d{{4}}))?", day_month),
        (rf"({MONTH}) (\d{{1,2}})(?: (\d{{4}}))?", month_day),
        (r"(\d{1,2})\.(\d{1,2})\.(\d{4})?", day_month),
        (r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?", slashed),
        (rf"({DAY}) (.+)", weekday_of_date),
    )
)
