"""The search of a site that runs no program."""

from datetime import UTC, datetime

from bot.archive.index import index_of
from bot.archive.site import Decision, Line

AT = datetime(2026, 11, 21, tzinfo=UTC)


def decision(number: int, title: str, *text: str) -> Decision:
    return Decision(number, [Line(AT, title)], text)


def test_words_lead_to_their_decisions_by_first_letter() -> None:
    found = dict(index_of([decision(1, "A Kitchen", "Küche and kitchen"), decision(2, "the kitchen 2027")]))
    assert dict(found["k"]) == {"kitchen": [1, 2], "kuche": [1]}
    assert set(found) == {"k"}


def test_words_that_stand_everywhere_tell_nothing() -> None:
    many = [decision(number, "the same", f"word{number}x") for number in range(60)]
    assert "same" not in {word for _, words in index_of(many) for word, _ in words}


def test_a_script_without_spaces_is_found_by_pairs() -> None:
    assert {word for _, words in index_of([decision(1, "一起做饭")]) for word, _ in words} == {"一起", "起做", "做饭"}
