"""Agendas, turns to speak and lots in a meeting, as plain values."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.meetings import rules
from bot.refusal import Refused
from bot.verifying.draw import check

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
hands = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3), st.integers(0, 50)), unique_by=lambda hand: hand[0])


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("Budget | Kitchen", ["Budget", "Kitchen"]),
        ("\n- Budget\n2. Kitchen\n\n• Summer  party", ["Budget", "Kitchen", "Summer party"]),
        ("", []),
        ("-5 degrees", ["-5 degrees"]),
    ],
)
def test_agendas(typed: str, items: list[str]) -> None:
    assert rules.read_agenda(typed) == items


@pytest.mark.parametrize("typed", ["x" * 121, "|".join("x" * 31)])
def test_agendas_that_are_too_long(typed: str) -> None:
    with pytest.raises(Refused):
        rules.read_agenda(typed)


@given(hands)
def test_nobody_who_has_spoken_more_goes_before_somebody_who_has_spoken_less(up: list[tuple[int, int, int]]) -> None:
    spoken = {who: n for who, n, _ in up}
    raised = {who: at for who, _, at in up}
    order = rules.queue([rules.Hand(who, n, NOW + timedelta(seconds=at)) for who, n, at in up])
    assert sorted(order) == sorted(spoken)
    keys = [(spoken[who], raised[who]) for who in order]
    assert keys == sorted(keys)


@given(st.sets(st.integers(1, 10**6), min_size=2, max_size=30), st.binary(min_size=32, max_size=32))
def test_lots_are_checked_like_any_other(people: set[int], secret: bytes) -> None:
    document = rules.pool_document(7, "tg:-1001", secret, NOW, [f"tg:{number}" for number in people])
    order = rules.drawn(document, secret)
    assert check(rules.receipt(document, secret)) == order
    assert sorted(order) == sorted(f"tg:{number}" for number in people)


def test_a_place_passes_to_the_next_until_nobody_is_left() -> None:
    order = ["a", "b", "c", "d"]
    assert rules.next_in(order, ["a", "b"]) == "c"
    assert rules.next_in(order, ["c", "b"]) == "d"
    assert rules.next_in(order, ["c", "d"]) is None
