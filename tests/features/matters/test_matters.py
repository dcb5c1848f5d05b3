"""Which D-number is meant, by what was typed and by what is open."""

from typing import Any

import pytest

from bot.commons import numbers
from bot.refusal import Refused
from bot.routing.feature import Call, Matter


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("D-12 consent", 12, "consent"),
        ("d12: yes", 12, "yes"),
        ("12 consent", 12, "consent"),
        ("12", 12, ""),
        ("D-99 consent", 99, "consent"),
        ("99 consent", None, "99 consent"),
        ("12 > 1 > 3", None, "12 > 1 > 3"),
        ("12abc", None, "12abc"),
        ("consent", None, "consent"),
        ("", None, ""),
        ("D-1234567890 x", None, "D-1234567890 x"),
        ("١٢ yes", None, "١٢ yes"),
    ],
)
def test_a_number_is_read(text: str, number: int | None, rest: str) -> None:
    assert numbers.read(text, {12}.__contains__) == (number, rest)


@pytest.mark.parametrize("text", ["2 days", "12 people cannot come"])
def test_where_a_sentence_may_begin_with_a_number_it_needs_its_d(text: str) -> None:
    assert numbers.read(text, {2, 12}.__contains__, bare=False) == (None, text)
    assert numbers.read(f"D-12 {text}", {2, 12}.__contains__, bare=False) == (12, text)


def test_a_number_alone_is_one_after_any_command() -> None:
    assert numbers.read("12", {12}.__contains__, bare=False) == (12, "")
    assert numbers.read("13", {12}.__contains__, bare=False) == (None, "13")


def kind(told: list[Any], open_ones: tuple[int, ...], closed: tuple[int, ...] = (), verb: str = "close") -> Matter:
    def handle(call: Call, subject_id: int) -> None:
        told.append((subject_id, call.text))

    return Matter(
        lambda db, group, number: number * 100 if number in open_ones + closed else None,
        lambda db, group: open_ones,
        {verb: handle},
    )


def said(call: Call, text: str, *matters: Matter) -> None:
    call.text, call.matters = text, matters
    numbers.handler_of("close")(call)


def test_the_only_open_one_needs_no_number(call: Call) -> None:
    told: list[Any] = []
    said(call, "", kind(told, (3,), closed=(1, 2)))
    said(call, "now please", kind(told, ()), kind(told, (4,)))
    assert told == [(300, ""), (400, "now please")]


def test_several_open_ones_are_named(call: Call) -> None:
    told: list[Any] = []
    with pytest.raises(Refused) as no:
        said(call, "", kind(told, (3, 7)), kind(told, (5,)))
    assert (no.value.why, no.value.facts["numbers"], told) == ("which one", [3, 5, 7], [])
    said(call, "7", kind(told, (3, 7)), kind(told, (5,)))
    said(call, "D-5 why", kind(told, (3, 7)), kind(told, (5,)))
    assert told == [(700, ""), (500, "why")]


@pytest.mark.parametrize(("text", "why"), [("D-9", "no such matter"), ("9", "nothing open"), ("", "nothing open")])
def test_what_is_not_there_is_refused(call: Call, text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        said(call, text, kind([], (), closed=(1,)))


def test_a_kind_that_lacks_the_verb_is_not_meant(call: Call) -> None:
    told: list[Any] = []
    said(call, "", kind(told, (3,), verb="vote"), kind(told, (8,)))
    assert told == [(800, "")]
