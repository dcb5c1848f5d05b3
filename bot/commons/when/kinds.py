"""The options that can end a text, and how well words fit each: they read, are meant but do not read, or are just text."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache, partial

from bot.commons.when.guesses import looks_like_length, looks_like_time, near
from bot.commons.when.instants import read_instant
from bot.commons.when.lengths import read_span
from bot.commons.when.quorums import read_quorum
from bot.commons.when.schedules import read_schedule
from bot.commons.when.words import plain
from bot.language import LANGUAGES, Voice
from bot.refusal import Refused

SOME_DAY = datetime(2026, 1, 1, 12, tzinfo=UTC)  # whether words read as a time does not depend on today
FEW = 4  # words
NO_NUMBERS = frozenset({"none", "no", "nan", "snan", "inf", "infinity", "-infinity", "zero", "majority", "ninguno", "mayoria"})


class Fit(Enum):
    READS = "reads"
    NEARLY = "nearly"  # meant as this option, but not understood: to be refused, not to be kept as text
    TEXT = "text"


Fits = Callable[[str], Fit]


@dataclass(frozen=True)
class Clause:
    """An option: its name in the result, how it is spelled (plain small letters), and what fits it."""

    name: str
    spelled: tuple[str, ...]
    fits: Fits
    prose: bool = False  # sentences end like this as well: a full stop after it makes it text
    loose: bool = False  # `for:` at the start of a line need not be the option
    slot: str = ""  # options that say the same thing, of which only the last counts
    bare: bool = False  # has no value: `secret`


def fitting(reads: bool, nearly: bool) -> Fit:
    return Fit.READS if reads else Fit.NEARLY if nearly else Fit.TEXT


def does_read(reader: Callable[[str], object], words: str, no: str) -> bool:
    """Whether it is such a thing at all, even if it is then refused for what it says."""
    try:
        reader(words)
    except Refused as refused:
        return refused.why != no
    return True


@lru_cache
def voices() -> tuple[Voice, ...]:
    return tuple(map(Voice, LANGUAGES))


def is_instant(words: str) -> bool:
    return any(does_read(partial(an_instant, voice), words, "no such time") for voice in voices())


def an_instant(voice: Voice, words: str) -> object:
    return read_instant(words, SOME_DAY, voice)


def a_schedule(voice: Voice, words: str) -> object:
    return read_schedule(words, SOME_DAY, voice)


def is_span(words: str) -> bool:
    return does_read(read_span, words, "no such length")


def fits_instant(words: str) -> Fit:
    return fitting(is_instant(words), looks_like_time(words))


def fits_span(words: str) -> Fit:
    return fitting(is_span(words), looks_like_length(words))


def fits_review(words: str) -> Fit:
    return fitting(is_span(words) or is_instant(words), looks_like_time(words))


def fits_quorum(words: str) -> Fit:
    """After `quorum` few words that begin with a number, or are one, cannot be text."""
    return fitting(does_read(read_quorum, words, "no such quorum"), is_one_number(words) or begins_with_number(words))


def begins_with_number(words: str) -> bool:
    first, *more = plain(words).split() or [""]
    return len(more) < FEW and (any(map(str.isdigit, first)) or (not more and first in NO_NUMBERS))


def fits_schedule(words: str) -> Fit:
    schedule = any(does_read(partial(a_schedule, voice), f"every {words}", "no such schedule") for voice in voices())
    return fitting(schedule, looks_like_time(words))


def is_one_number(words: str) -> bool:
    return (len(words.split()) <= 1 and any(map(str.isdigit, words))) or bool(re.fullmatch(r"[-+]?[0-9.,]+ ?(?:%|percent)", words))


def one_of(name: str, spelled: Iterable[str], values: Iterable[str]) -> Clause:
    """An option whose value is one of these words."""
    known = frozenset(map(plain, values))
    return Clause(
        name,
        tuple(map(plain, spelled)),
        lambda words: fitting(plain(words) in known, any(near(plain(words), value) for value in known)),
    )


def number(name: str, spelled: Iterable[str], most: int = 999) -> Clause:
    """An option whose value is a number from 1 up."""
    return Clause(
        name,
        tuple(map(plain, spelled)),
        lambda words: fitting(bool(re.fullmatch(r"[0-9]{1,6}", words)) and 1 <= int(words) <= most, is_one_number(words)),
    )


def flag(name: str, spelled: Iterable[str]) -> Clause:
    """An option that is there or not. It wants a comma or a line of its own, so that no text loses its last word."""
    return Clause(name, tuple(map(plain, spelled)), lambda words: fitting(not words, False), bare=True)


CLAUSES = {
    clause.name: clause
    for clause in (
        Clause("until", ("until", "hasta"), fits_instant, prose=True, slot="end"),
        Clause("for", ("for", "durante", "por"), fits_span, prose=True, loose=True, slot="end"),
        Clause("review", ("review", "revisar", "revision"), fits_review, prose=True),
        Clause("quorum", ("quorum", "quorum of", "quorum de"), fits_quorum),
        Clause("every", ("every", "cada"), fits_schedule, prose=True),
    )
}
