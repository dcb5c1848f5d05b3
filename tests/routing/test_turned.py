"""What was turned away is told to the log in one line for each burst, with all of it, and never oftener than once an hour."""

import logging
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.incoming import InviteRefused
from bot.routing import turned
from bot.routing.turned import OVER, TOLD_EVERY, Summary
from models import ChatRow
from tests.support.desk import Desk
from tests.support.moot import START


def test_a_stranger_who_invites_the_bot_to_two_hundred_rooms_makes_one_line(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        for n in range(0, 200, 50):
            desk.take(*(desk.event(InviteRefused(desk.origin("mallory", f"room {n + k}"))) for k in range(50)))
            desk.sweep(seconds=20)
        for _ in range(5):
            desk.sweep(seconds=30)
    assert [(record.message, record.__dict__.get("invite")) for record in caplog.records] == [("turned away", 200)]
    assert desk.database.transact(turned.lately, desk.clock.now()) == {"invite": 200}
    assert desk.rows(ChatRow) == []


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4000))))
def test_all_of_it_is_told_within_an_hour_or_two_and_no_line_comes_within_an_hour(rounds: list[tuple[int, int]]) -> None:
    summary, now, oldest = Summary(), START, None
    told_at, counted, told = [], 0, 0
    for n, seconds in rounds:
        now += timedelta(seconds=seconds)
        counted += n
        oldest = now if oldest is None and n else oldest
        if said := summary.after(+Counter(invite=n), now):
            told += said["invite"]
            told_at.append(now)
            assert told == counted
            oldest = None
        else:
            assert oldest is None or now - oldest < 2 * TOLD_EVERY
    assert all(later - sooner >= TOLD_EVERY for sooner, later in pairwise(told_at))


def test_who_never_rests_is_told_of_all_the_same() -> None:
    summary, step = Summary(), OVER / 2
    lines = [bool(summary.after(Counter(button=1), START + n * step)) for n in range(timedelta(hours=3, minutes=1) // step)]
    assert sum(lines) == 3
