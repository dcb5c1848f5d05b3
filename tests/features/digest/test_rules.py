"""When a digest comes, and how a long one is folded, as plain values."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.digest import rules
from bot.refusal import Refused

ZONES = ("Europe/Berlin", "America/Santiago", "Asia/Beirut", "Pacific/Apia", "Australia/Lord_Howe", "America/Nuuk", "UTC")
FROM = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("daily", ("daily", 18)), ("Daily at 9:00", ("daily", 9)), ("weekly 0", ("weekly", 0)), ("off", ("off", 18))],
)
def test_what_reads(typed: str, read: tuple[str, int]) -> None:
    assert rules.read(typed) == read


@pytest.mark.parametrize("typed", ["", "hourly", "daily 24", "daily -1", "daily 9 10", "daily ٣", "18"])
def test_what_does_not_read(typed: str) -> None:
    with pytest.raises(Refused):
        rules.read(typed)


@given(st.lists(st.integers(0, 40), max_size=6), st.integers(6, 20))
def test_a_long_day_is_folded_fairly(sizes: list[int], most: int) -> None:
    shown = rules.shares(sizes, most)
    assert sum(shown) == min(most, sum(sizes))
    assert all(0 <= part <= size and (part or not size) for part, size in zip(shown, sizes, strict=True))
    cut = [part for part, size in zip(shown, sizes, strict=True) if part < size]
    assert not cut or max(shown) - min(cut) <= 1, "no section has more lines while another one is cut"


@given(st.sampled_from(ZONES), st.integers(0, 23), st.integers(0, 2 * 366))
def test_once_on_each_day_whatever_the_clocks_do(zone: str, hour: int, day: int) -> None:
    place = ZoneInfo(zone)
    at = FROM + timedelta(days=day)
    times = []
    for _ in range(5):
        at = rules.next_time("daily", hour, at, place)
        times.append(at)
    days = [each.astimezone(place).date() for each in times]
    assert len(set(days)) == len(days)
    assert all(timedelta(hours=22) <= later - sooner <= timedelta(hours=50) for sooner, later in pairwise(times))


def test_weekly_on_mondays() -> None:
    at = rules.next_time("weekly", 9, datetime(2026, 11, 23, 9, tzinfo=UTC), ZoneInfo("UTC"))
    assert at == datetime(2026, 11, 30, 9, tzinfo=UTC)
