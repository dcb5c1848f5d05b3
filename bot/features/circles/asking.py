"""Reading what `/circle` asks for: a name, and then nothing, `end`, or people."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.tidy import folded

QUOTED = re.compile(r"\s*[\"“«](.{0,200}?)[\"”»]")
WORD = re.compile(r"\S+")
ENDS = frozenset({"end", "ends", "terminar", "termina", "fin"})
LONGEST_IN_WORDS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What is said about a circle."""

    name: str
    people: str = ""  # in words
    ends: bool = False


def read(text: str, known: Collection[str], is_person: Callable[[str], bool]) -> Asked:
    """`known`: the folded names of the circles that there are. `is_person`: whether words begin with somebody who is meant."""
    if quoted := QUOTED.match(text):
        return about(quoted[1], text[quoted.end() :])
    if folded(text) in known:
        return Asked(text.strip())
    at = end_of_name(text, is_person)
    return about(text[:at], text[at:])


def about(name: str, rest: str) -> Asked:
    words = rest.strip(" \t\r\n:,")
    ends = words.casefold() in ENDS
    return Asked(name.strip(" \t\r\n:,"), "" if ends else words, ends)


def end_of_name(text: str, is_person: Callable[[str], bool]) -> int:
    """Where the first person begins, or `end` as the last word; else after the first word."""
    words = list(WORD.finditer(text))
    if not words:
        return 0
    if len(words) > 1 and words[-1][0].casefold() in ENDS:
        return words[-1].start()
    people = (word.start() for word in words[1:LONGEST_IN_WORDS] if is_person(text[word.start() :]))
    return next(people, words[0].end())
