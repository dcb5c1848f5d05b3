"""A ballot in words: `2`, `1, 3`, `2 > 1 > 3`, `1=5 2=0`, `yes no maybe`; options by number or in their own words. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.features.polls.methods.ballots import IF_NEED_BE, NO, YES
from bot.features.polls.methods.method import METHODS
from bot.refusal import Refused
from bot.tidy import tidy

LENGTH = 4_000  # characters of a ballot that are read
VALUED = frozenset({"score", "dots"})
ORDERED = frozenset({"ranked", "condorcet"})
EXAMPLES = {"ranked": "2 > 1 > 3", "condorcet": "2 > 1 > 3", "score": "1=5 2=0 3=3", "dots": "1:3 2:2", "time": "yes no maybe"}
ANSWERS = {
    **dict.fromkeys(("yes", "y", "sí", "si", "s", "✅", "👍"), YES),
    **dict.fromkeys(("if need be", "maybe", "si hace falta", "quizás", "quizá", "?", "🤷"), IF_NEED_BE),
    **dict.fromkeys(("no", "n", "❌", "👎"), NO),
}


@dataclass(frozen=True, slots=True)
class Item:
    """An option, and what was said about it, if anything was."""

    place: int
    value: int | None


def read_typed(text: str, method: str, options: Mapping[int, str], limit: int | None = None) -> dict[int, int]:
    """The marks. `options`: number -> text. Refused: what does not read, or what the method does not take."""
    marks = marks_of(words(text), METHODS[method].name, options)
    METHODS[method].check(marks, len(options), limit)
    return marks


def marks_of(text: str, method: str, options: Mapping[int, str]) -> dict[int, int]:
    unclear = Refused("unreadable ballot", example=EXAMPLES.get(method, "2" if method == "single" else "1, 3"))
    if method == "time" and (answers := bare_answers(text)):
        if len(answers) != len(options):
            raise Refused("answers do not match", given=len(answers), options=len(options))
        return dict(zip(sorted(options), answers, strict=True))
    items = list(read_items(text, options, unclear))
    said = {item.place: mark_of(item, rank, method, unclear) for rank, item in enumerate(items, 1)}
    if len(said) < len(items):
        raise Refused("marked twice")
    return {place: mark for place, mark in said.items() if mark or method != "dots"}


def mark_of(item: Item, rank: int, method: str, unclear: Refused) -> int:
    """Scores and points are said, ranks are the order of saying, and a date without an answer is a yes."""
    if (item.value is None) if method in VALUED else (item.value is not None and method != "time"):
        raise unclear
    if method in VALUED or method == "time":
        return YES if item.value is None else item.value
    return rank if method in ORDERED else 1


def read_items(text: str, options: Mapping[int, str], unclear: Refused) -> Iterator[Item]:
    """Options as they follow each other, by number (`#2` is always one) or in their own words, the longest that fit."""
    named = {words(said): place for place, said in options.items()}
    item = re.compile(rf"(?P<option>{any_of(named)}|#?\d{{1,4}}(?!\w))(?:\s*[=:]\s*(?P<value>{any_of(ANSWERS)}|\d{{1,4}}(?!\w)))?")
    at = 0
    while at < len(text):
        found = item.match(text, at)
        if found is None:
            raise unclear
        yield Item(place_of(found["option"], named, options), value_of(found["value"]))
        at = found.end()
        gap = re.compile(r"\s*[,;>›→+&]?\s*").match(text, at)
        assert gap is not None
        if gap.end() == at < len(text):
            raise unclear
        at = gap.end()


def any_of(known: Mapping[str, int]) -> str:
    """A pattern for one of these, whole words, the longest first."""
    longest_first = sorted(known, key=len, reverse=True)
    return "(?:" + "|".join(rf"(?:\b(?=\w)|(?!\w)){re.escape(one)}(?:(?<!\w)|\b)" for one in longest_first) + ")"


def place_of(said: str, named: Mapping[str, int], options: Mapping[int, str]) -> int:
    """Refused: a number of an option that is what another one says; and a number of none."""
    number = int(said.removeprefix("#")) if said.removeprefix("#").isdecimal() else None
    place = named.get(said, number)
    assert place is not None
    if number in options and number != place:
        raise Refused("two meanings", said=said)
    if place not in options:
        raise Refused("no such option", option=place, options=len(options))
    return place


def value_of(said: str | None) -> int | None:
    return None if said is None else ANSWERS[said] if said in ANSWERS else int(said)


def bare_answers(text: str) -> list[int]:
    """`yes no maybe` -> [2, 0, 1]; nothing if anything else is said."""
    answer = any_of(ANSWERS)
    if not re.fullmatch(rf"{answer}(?:[\s,;]+{answer})*", text):
        return []
    return [ANSWERS[said] for said in re.findall(answer, text)]


def words(text: str) -> str:
    """The same for all ways of typing the same; keycap digits are digits."""
    return re.sub("[\ufe0f\u20e3]", "", tidy(text, LENGTH)).casefold()
