"""When the same few carry most."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.balance import rules
from bot.language import zone_named

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("held", "people", "carried"),
    [
        ([3, 1], 8, 4),
        ([4], 8, 4),
        ([2, 1, 1], 8, 3),
        ([5, 4, 3, 2, 1], 9, 9),
        ([], 8, 0),
        ([3], 8, 0),  # too few mandates
        ([1, 1, 1, 1], 8, 0),  # half is not most
        ([2, 2, 2, 2], 8, 0),
        ([2, 1, 1], 3, 0),  # three people cannot share four mandates more evenly
        ([2, 2], 2, 0),
        ([9, 9], 2, 0),
        ([4, 0], 1, 0),
        ([2, 2, 1, 1, 1], 5, 0),
        ([3, 2, 1, 1], 5, 5),
        ([2, 2, 1, 1, 1], 7, 4),
        ([3, 1], 0, 0),  # all who carry something are resting, or have left the hat
    ],
)
def test_who_carries_how_much(held: list[int], people: int, carried: int) -> None:
    assert rules.carried_by_few(held, people) == carried


@given(st.integers(0, 60), st.integers(1, 30))
def test_nothing_is_said_of_an_even_spread(total: int, people: int) -> None:
    each, left = divmod(total, people)
    assert rules.carried_by_few([each + (n < left) for n in range(people)], people) == 0


@given(st.lists(st.integers(1, 9), max_size=12), st.integers(0, 30))
def test_what_is_said_is_true(held: list[int], people: int) -> None:
    carried = rules.carried_by_few(held, people)
    assert carried in (0, sum(sorted(held)[-2:]))
    assert not carried or (carried * 2 > sum(held) >= 4)


@given(st.integers(1, 10**9), st.integers(0, 10**8), st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kolkata"]))
def test_each_month_has_one_day_for_it(group_id: int, seconds: int, zone: str) -> None:
    first = rules.next_look(group_id, NOW + timedelta(seconds=seconds), zone_named(zone))
    second = rules.next_look(group_id, first, zone_named(zone))
    local = [at.astimezone(zone_named(zone)) for at in (first, second)]
    assert (local[0].day, local[0].hour, local[0].minute) == (local[1].day, local[1].hour, local[1].minute)
    assert local[0].hour == 10
    assert (local[1].month - local[0].month) % 12 == 1
