"""How long to wait: arithmetic that keeps within the platforms' limits, whatever the times are."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.backoff import BURST, BURST_SPAN, LONGEST, MINUTE, SLOT, SPARE, Pace, Spacing, pause
from bot.delivery.boards import Rhythm

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
waits = st.lists(st.floats(0, 30), max_size=80)


def test_pauses_grow_up_to_the_longest() -> None:
    assert [pause(n) for n in range(1, 9)] == [0.5, 1, 2, 4, 8, 16, LONGEST, LONGEST]
    assert pause(10**6) == LONGEST
    assert pause(10**6, longest=5) == 5


def sent_by(pace: Pace, waits: list[float]) -> list[datetime]:
    """The times of sendings by somebody who sends as soon as they may, after each of these waits."""
    now, times = NOON, []
    for wait in waits:
        now = pace.free_at(now + timedelta(seconds=wait))
        pace.note(now)
        times.append(now)
    return times


def most_within(times: list[datetime], span: timedelta) -> int:
    return max((sum(start <= at < start + span for at in times) for start in times), default=0)


@given(waits, st.integers(1, 30))
def test_no_minute_and_no_burst_holds_more_than_it_may(waits: list[float], a_minute: int) -> None:
    times = sent_by(Pace(a_minute), waits)
    assert times == sorted(times)
    assert most_within(times, MINUTE) <= a_minute
    assert most_within(times, BURST_SPAN) <= BURST


@given(waits, st.integers(1, 30), st.integers(0, 30))
def test_keeping_some_to_spare_never_lets_one_go_sooner(waits: list[float], a_minute: int, spare: int) -> None:
    pace = Pace(a_minute)
    now = (sent_by(pace, waits) or [NOON])[-1]
    assert now <= pace.free_at(now) <= pace.free_at(now, spare) <= now + MINUTE


@given(waits)
def test_without_a_limit_everything_goes_at_once(waits: list[float]) -> None:
    pace = Pace(None)
    assert sent_by(pace, [0 for _ in waits]) == [NOON] * len(waits)
    assert pace.free_at(NOON, SPARE) == NOON


def test_a_quiet_chat_is_answered_at_once() -> None:
    assert sent_by(Pace(20), [0] * BURST) == [NOON] * BURST
    assert sent_by(Pace(20), [0] * (BURST + 1))[-1] == NOON + BURST_SPAN


@given(st.lists(st.floats(0, 1), min_size=2, max_size=60))
def test_each_message_of_a_platform_has_a_slot_of_its_own(waits: list[float]) -> None:
    spacing, now, slots = Spacing(), 0.0, []
    for wait in waits:
        now += wait
        slots.append(now + spacing.wait(now))
    assert slots == sorted(slots)
    assert all(later - sooner >= SLOT - 1e-9 for sooner, later in pairwise(slots))


@pytest.mark.parametrize(
    ("edited", "due"),
    [(None, 1.0), (-10.0, 1.0), (-3.0, 1.0), (-2.0, 2.0), (0.0, 4.0)],
)
def test_the_first_change_is_shown_soon_and_the_next_ones_later(edited: float | None, due: float) -> None:
    edited_at = None if edited is None else NOON + timedelta(seconds=edited)
    assert Rhythm().edit_due_at(NOON, edited_at) == NOON + timedelta(seconds=due)
