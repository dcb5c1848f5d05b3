"""Ballots in words read as they were meant, or are refused with a reason."""

import pytest

from bot.features.polls.methods import read_typed
from bot.refusal import Refused

FOOD = {1: "Pizza", 2: "Pizza, large", 3: "Soup > salad", 4: "شوربة"}
DATES = {1: "Friday 18:00", 2: "Saturday 10:00", 3: "Sunday"}
COUNTS = {1: "2", 2: "4", 3: "8"}


@pytest.mark.parametrize(
    ("text", "method", "marks"),
    [
        ("2", "single", {2: 1}),
        ("2️⃣", "single", {2: 1}),
        (" PIZZA ", "single", {1: 1}),
        ("pizza, large", "single", {2: 1}),
        ("شوربة", "single", {4: 1}),
        ("1, 3", "several", {1: 1, 3: 1}),
        ("1 3 4", "approval", {1: 1, 3: 1, 4: 1}),
        ("pizza, soup > salad", "several", {1: 1, 3: 1}),
        ("2 > 1 > 3", "ranked", {2: 1, 1: 2, 3: 3}),
        ("2,1,3", "condorcet", {2: 1, 1: 2, 3: 3}),
        ("soup > salad > pizza", "ranked", {3: 1, 1: 2}),
        ("4\n2\n1", "ranked", {4: 1, 2: 2, 1: 3}),
        ("1=5 2=0 3=3", "score", {1: 5, 2: 0, 3: 3}),
        ("pizza: 5, 2 : 4", "star", {1: 5, 2: 4}),
        ("1:3 2:2 3:0", "dots", {1: 3, 2: 2}),
        ("1, 2", "sign-up", {1: 1, 2: 1}),
    ],
)
def test_food(text: str, method: str, marks: dict[int, int]) -> None:
    assert read_typed(text, method, FOOD) == marks


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("yes no maybe", {1: 2, 2: 0, 3: 1}),
        ("Sí, no, quizás", {1: 2, 2: 0, 3: 1}),
        ("yes if need be no", {1: 2, 2: 1, 3: 0}),
        ("👍 ❌ ?", {1: 2, 2: 0, 3: 1}),
        ("1=yes 3=no", {1: 2, 3: 0}),
        ("friday 18:00: if need be, Sunday", {1: 1, 3: 2}),
        ("2", {2: 2}),
    ],
)
def test_dates(text: str, marks: dict[int, int]) -> None:
    assert read_typed(text, "time", DATES) == marks


@pytest.mark.parametrize(
    ("text", "method", "why"),
    [
        ("", "single", "nothing marked"),
        ("1 2", "single", "one choice only"),
        ("burger", "single", "unreadable ballot"),
        ("pizzas", "single", "unreadable ballot"),
        ("5", "single", "no such option"),
        ("0", "single", "no such option"),
        ("1=2", "single", "unreadable ballot"),
        ("1, 2, 3", "several", "too many choices"),
        ("1, 1", "several", "marked twice"),
        ("1, pizza", "ranked", "marked twice"),
        ("2 > 1 = 3", "ranked", "unreadable ballot"),
        ("1=6", "score", "score out of range"),
        ("1=5 2", "score", "unreadable ballot"),
        ("4 1 3", "score", "unreadable ballot"),
        ("1=-1", "score", "unreadable ballot"),
        ("1:2 2:1", "dots", "too many points"),
        ("1:0", "dots", "nothing marked"),
        ("1=3", "time", "unclear marks"),
        ("yes no", "time", "answers do not match"),
        ("1>>2", "ranked", "unreadable ballot"),
        ("9" * 5000, "single", "unreadable ballot"),
    ],
)
def test_what_does_not_read_is_refused(text: str, method: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_typed(text, method, FOOD, limit=2)


def test_a_number_that_is_also_a_text_has_to_be_told_apart() -> None:
    with pytest.raises(Refused, match="two meanings"):
        read_typed("2", "single", COUNTS)
    assert read_typed("#2", "single", COUNTS) == {2: 1}
    assert read_typed("8", "single", COUNTS) == {3: 1}
