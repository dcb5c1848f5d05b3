"""What a round comes to, and how its text and its steps are read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.consent import rules
from bot.refusal import Refused

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
few = st.integers(0, 200)
vocabulary = st.sampled_from(["we", "buy", "a", "quiet", "dishwasher", "before", "ten"])
words = st.lists(vocabulary, max_size=12).map(" ".join)


@given(st.integers(1, 50), few, few)
def test_one_open_objection_always_blocks(objections: int, counted: int, quorum: int) -> None:
    assert rules.outcome(objections, counted, quorum) == "blocked"


@given(few, few)
def test_without_objection_the_quorum_decides(counted: int, quorum: int) -> None:
    assert rules.outcome(0, counted, quorum) == ("adopted" if counted >= quorum else "no quorum")


@given(few, few, st.integers(1, 50))
def test_nothing_is_set_aside_against_one_of_the_others_or_without_a_reason(others: int, counted: int, objections: int) -> None:
    assert not rules.set_aside(others, counted, objections, "it is met")
    assert not rules.set_aside(others, counted, 0, "")


@pytest.mark.parametrize(("others", "counted", "aside"), [(1, 1, True), (4, 2, True), (5, 2, False), (0, 0, False), (3, 0, False)])
def test_half_of_the_others_must_be_heard(others: int, counted: int, aside: bool) -> None:
    assert rules.set_aside(others, counted, 0, "it is met") is aside


@pytest.mark.parametrize(
    ("typed", "stance", "rest"),
    [
        ("consent", "consent", ""),
        ("Consent, and thanks", "consent", "and thanks"),
        ("YES", "consent", ""),
        ("stand aside", "aside", ""),
        ("aside too tired", "aside", "too tired"),
        ("object: too loud", "object", "too loud"),
        ("no", "object", ""),
        ("me abstengo", "aside", ""),
        ("sí", "consent", ""),
    ],
)
def test_a_stance_is_read(typed: str, stance: str, rest: str) -> None:
    assert rules.read_stance(typed) == (stance, rest)


@pytest.mark.parametrize("typed", ["", " ", "уes", "y\u200bes", "maybe", "1", "stand", "<b>", "consenting"])
def test_what_is_no_stance_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="no such stance"):
        rules.read_stance(typed)


@given(words, words)
def test_the_difference_holds_both_versions(before: str, after: str) -> None:
    pieces = list(rules.difference(before, after))
    assert " ".join(piece.text for piece in pieces if piece.kind != "added").split() == before.split()
    assert " ".join(piece.text for piece in pieces if piece.kind != "removed").split() == after.split()
    assert all(piece.text for piece in pieces)


def test_the_steps_of_a_full_round_come_in_order() -> None:
    closes = NOON + timedelta(days=4)
    ends = [rules.phase_end(phase, NOON, closes) for phase in rules.PHASES]
    assert ends == [NOON + timedelta(days=1), NOON + timedelta(days=2), closes]
    assert [rules.next_phase(phase) for phase in rules.PHASES] == ["reactions", "stances", "stances"]
    assert ends[1] < rules.nudge_time(NOON, closes) < closes


LENGTHS = {
    timedelta(minutes=1): True,
    timedelta(days=90): True,
    timedelta(seconds=59): False,
    timedelta(days=91): False,
    timedelta(): False,
}


@pytest.mark.parametrize(("length", "fine"), LENGTHS.items())
def test_how_long_a_round_may_take(length: timedelta, fine: bool) -> None:
    try:
        rules.check_length(NOON, NOON + length)
    except Refused:
        assert not fine
    else:
        assert fine


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("We buy a dishwasher", "We buy a dishwasher"),
        ("\n First line \nsecond", "First line"),
        ("", ""),
        ("word " * 30, "word word word word word word word word word word word…"),
        ("x" * 100, "x" * 59 + "…"),
    ],
)
def test_a_title_is_the_first_line_cut_at_a_word(text: str, title: str) -> None:
    assert rules.title_of(text) == title
