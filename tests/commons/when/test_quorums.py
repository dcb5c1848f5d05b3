"""Quorums are numbers of people or shares of them; what is neither is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commons.when import Quorum, read_quorum
from bot.refusal import Refused

TYPED = {
    "5": 5,
    "5 people": 5,
    "40%": 5,
    "40 %": 5,
    "50 percent": 6,
    "half": 6,
    "La mitad": 6,
    "all": 12,
    "100%": 12,
    "1%": 1,
    "12": 12,
}
NONE = ["0", "0%", "0 %", "101%", "101 %", "-1", "−1", "-0", "NaN", "sNaN", "Infinity", "1/0", "1,000", "0.005", "5 €uro"]


@pytest.mark.parametrize(("typed", "of_twelve"), TYPED.items())
def test_a_quorum_is_a_number_or_a_share(typed: str, of_twelve: int) -> None:
    assert read_quorum(typed).of(12) == of_twelve


@pytest.mark.parametrize("typed", [*NONE, "", "none", "5 people or so", "٥", "５", "9" * 4000, "all" + " " * 4000 + "5"])
def test_what_is_no_quorum_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="no such quorum"):
        read_quorum(typed)


@given(st.integers(1, 100), st.integers(1, 100_000))
def test_a_share_is_the_least_number_of_people_that_reaches_it(percent: int, size: int) -> None:
    needed = Quorum(percent, is_share=True).of(size)
    assert needed * 100 >= percent * size
    assert (needed - 1) * 100 < percent * size


@given(st.builds(Quorum, st.integers(1, 100), st.booleans()))
def test_a_quorum_reads_as_it_is_shown(quorum: Quorum) -> None:
    assert read_quorum(str(quorum)) == quorum


def test_of_nobody_a_share_is_still_one() -> None:
    assert read_quorum("40%").of(0) == 1
