"""Options at the end of a text are taken off it if they read, refused if they nearly do, and else are text."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commons.when import REFUSALS, flag, next_after, read_clauses, read_quorum, read_schedule
from bot.language import Voice
from bot.refusal import Refused

KNOWN = ("until", "for", "quorum", "review")
FULL = flag("full", ("full",))
BERLIN = Voice("en", "Europe/Berlin")

TAKEN = {
    "Buy a dishwasher": ("Buy a dishwasher", {}),
    "Buy it until Friday 18:00": ("Buy it", {"until": "Friday 18:00"}),
    "Buy it until Friday 18:00 quorum 40% review in 6 months": (
        "Buy it",
        {"until": "Friday 18:00", "quorum": "40%", "review": "in 6 months"},
    ),
    "Buy it\nuntil: tomorrow\nquorum: 5": ("Buy it", {"until": "tomorrow", "quorum": "5"}),
    "Buy it (quorum 5, for 3 days)": ("Buy it", {"quorum": "5", "for": "3 days"}),
    "Wait until Ben is back": ("Wait until Ben is back", {}),
    "Closed until Friday.": ("Closed until Friday.", {}),
    "Wait until Ben is back until Friday": ("Wait until Ben is back", {"until": "Friday"}),
    "Buy it, full": ("Buy it", {"full": ""}),
    "The glass is full": None,
}


@pytest.mark.parametrize(("text", "read"), TAKEN.items())
def test_options_are_taken_from_the_end(text: str, read: tuple[str, dict[str, str]] | None) -> None:
    if read is None:
        with pytest.raises(Refused):
            read_clauses(text, [*KNOWN, FULL])
    else:
        assert read_clauses(text, [*KNOWN, FULL]) == read


@pytest.mark.parametrize("text", ["Buy it until Fryday", "Buy it quorum 400%", "Buy it quorum 0", "Buy it quorum 5 quorum 6"])
def test_what_is_clearly_meant_and_does_not_read_is_refused(text: str) -> None:
    with pytest.raises(Refused) as no:
        read_clauses(text, KNOWN)
    assert REFUSALS[no.value.why](BERLIN, **no.value.facts)


VOCABULARY = [
    "we",
    "until",
    "friday",
    "18:00",
    "quorum",
    "40%",
    "5",
    "for",
    "3",
    "days",
    "review",
    "in",
    "6",
    "months",
    ".",
    ",",
    "(",
    ")",
    "\n",
]
words = st.lists(st.sampled_from(VOCABULARY), max_size=14)


@given(words.map(" ".join))
def test_what_is_taken_and_what_is_left_were_there(text: str) -> None:
    try:
        left, options = read_clauses(text, KNOWN)
    except Refused as no:
        left, options = "", {}
        text = REFUSALS[no.why](BERLIN, **no.facts)
    assert text or not left
    assert text.startswith(left)
    assert all(value in text for value in options.values())


@pytest.mark.parametrize(("typed", "of_twelve"), [("5", 5), ("40%", 5), ("40 %", 5), ("100%", 12), ("1%", 1)])
def test_a_quorum_is_a_number_or_a_share(typed: str, of_twelve: int) -> None:
    assert read_quorum(typed).of(12) == of_twelve


@pytest.mark.parametrize("typed", ["0", "0%", "101%", "-1", "NaN", "Infinity", "1/0", "", "5 people or so", "٥"])
def test_what_is_no_quorum_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="no such quorum"):
        read_quorum(typed)


def test_a_schedule_fires_once_on_the_days_the_clocks_change() -> None:
    daily = read_schedule("every day 2:30", datetime(2026, 10, 20, 12, tzinfo=UTC), BERLIN)
    times, instant = [], datetime(2026, 10, 24, 12, tzinfo=UTC)
    for _ in range(3):
        instant = next_after(daily, instant, BERLIN.zone)
        times.append(instant.astimezone(BERLIN.zone).date().day)
    assert times == [25, 26, 27]
