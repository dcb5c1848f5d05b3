"""What presses make of a ballot: whatever is pressed, the method can count it, and the accounts add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.polls.methods import METHODS
from bot.features.polls.voting import rules
from bot.refusal import Refused

NAMES = sorted({method.name for method in METHODS.values()})
OPTIONS, LIMIT = 4, 3
PRESSES = st.lists(st.sampled_from([*range(1, OPTIONS + 1), "undo", "clear"]), max_size=30)


def pressed(method: str, marks: dict[int, int], what: int | str, last: int | None, limit: int | None) -> dict[int, int]:
    try:
        if what == "undo":
            return rules.undone(method, marks, last)
        return rules.cleared(marks) if what == "clear" else rules.tapped(method, marks, int(what), limit)
    except Refused:
        return marks


@pytest.mark.parametrize("method", NAMES)
@given(presses=PRESSES)
def test_any_presses_make_a_ballot_that_the_method_takes(method: str, presses: list[int | str]) -> None:
    limit = LIMIT if method in {"several", "sign-up", "dots"} else None
    marks: dict[int, int] = {}
    last: int | None = None
    for what in presses:
        marks = pressed(method, marks, what, last, limit)
        last = what if isinstance(what, int) else last
        if marks:
            METHODS[method].check(marks, OPTIONS, limit)


@pytest.mark.parametrize("method", ["ranked", "condorcet", "dots"])
@given(presses=st.lists(st.integers(1, OPTIONS), min_size=1, max_size=LIMIT))
def test_undo_takes_back_the_last_press(method: str, presses: list[int]) -> None:
    before: dict[int, int] = {}
    for place in presses[:-1]:
        before = pressed(method, before, place, None, 10)
    after = pressed(method, before, presses[-1], None, 10)
    if after != before:
        assert rules.undone(method, after, presses[-1]) == before


@given(n=st.integers(0, 10**6), most=st.integers(0, 10**6))
def test_a_bar_is_empty_only_for_nothing(n: int, most: int) -> None:
    n = min(n, most)
    assert 0 <= rules.share(n, most) <= 8
    assert (rules.share(n, most) == 0) == (n == 0)
