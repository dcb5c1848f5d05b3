"""Nominations as plain values: reasons are read, those named are ordered, and a change is told from no change."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.grants.elections import rules
from bot.refusal import Refused

people = st.integers(1, 6)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("because he listens", "he listens"),
        (", because he listens", "he listens"),
        ("BECAUSE: he listens", "he listens"),
        ("porque escucha", "escucha"),
        ("– listens", "listens"),
        ("becausehe", "becausehe"),
        ("because because", "because"),
        ("he\nlistens", "he listens"),
    ],
)
def test_a_reason_is_what_follows(words: str, reason: str) -> None:
    assert rules.read_reason(words) == reason


@settings(max_examples=30)
@given(st.text())
def test_whatever_follows_is_a_short_line_or_refused(words: str) -> None:
    try:
        reason = rules.read_reason(words)
    except Refused:
        return
    assert 0 < len(reason) <= rules.REASON_LIMIT
    assert "\n" not in reason


@pytest.mark.parametrize(
    ("words", "rest"), [("me because x", " because x"), ("Myself, x", ", x"), ("yo", ""), ("me gusta Ben", None)]
)
def test_oneself(words: str, rest: str | None) -> None:
    assert rules.names_oneself(words) == rest


@given(st.lists(people))
def test_each_of_those_named_stands_once_with_how_often(nominees: list[int]) -> None:
    ordered = rules.in_order(nominees)
    assert dict(ordered) == {one: nominees.count(one) for one in nominees}
    assert [n for _, n in ordered] == sorted((n for _, n in ordered), reverse=True)


@given(people, st.lists(people))
def test_however_often_somebody_changes_it_is_told_from_the_first(first: int, then: list[int]) -> None:
    before, now = None, first
    for one in then:
        before, now = rules.changed(before, now, one), one
    assert before == (None if now == first else first)
