"""Reading what `/role` asks for: a name, options in any order, and a purpose, in plain words."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.commons.when import Clause, Fit, read_clauses
from bot.commons.when.guesses import looks_like_length
from bot.commons.when.kinds import begins_with_number, is_span
from bot.features.roles import limits
from bot.refusal import Refused
from bot.tidy import folded

FOR = re.compile(r"(?:^|[\s,;])(?:for|para)(?=[\s:])[\s:]*", re.IGNORECASE)
QUOTED = re.compile(r"[\"“«](.{1,200}?)[\"”»]")
WORD = re.compile(r"\S+")
ENDS = frozenset({"end", "ends", "terminar", "termina", "fin"})
LINKING = frozenset({"at", "with", "and", "con", "y", "como"})  # left over before an option: `with seats 2`
LONGEST_IN_WORDS = 12
SPELLED = {
    "term": ("term", "plazo", "mandato", "duracion"),
    "seats": ("seats", "seat", "puestos", "puesto", "plazas"),
    "pool": ("pool", "drawn from", "bolsa", "sorteo entre"),
    "notice": ("notice", "reminders", "aviso", "avisos"),
    "cooling": ("cooling", "cooling off", "cooling-off", "descanso", "pausa"),
    "most_terms": ("most", "most terms", "at most", "maximo", "como maximo"),
    "answer_within": ("answer", "answer within", "answer in", "respuesta", "respuesta en"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is said about a role: nothing, that it ends, or what it is to be."""

    name: str
    options: Mapping[str, str]  # as they were typed
    ends: bool = False


def read(text: str, known: Collection[str], is_pool: Callable[[str], bool]) -> Asked:
    """`known`: the folded names of the roles that there are. Of names that begin alike the longest counts."""
    if quoted := QUOTED.match(text):
        return whole(quoted[1], text[quoted.end() :], is_pool)
    words = list(WORD.finditer(text))
    if not words:
        raise Refused("role unnamed")
    for name, rest in known_first(text, words, known):
        if (asked := about(name, rest, is_pool)) is not None:
            return asked
    return another(words[0][0].rstrip(":"), text[words[0].end() :], is_pool)


def known_first(text: str, words: list[re.Match[str]], known: Collection[str]) -> Iterator[tuple[str, str]]:
    for word in reversed(words[:LONGEST_IN_WORDS]):
        name = text[: word.end()].rstrip(":")
        if folded(name) in known:
            yield name, text[word.end() :]


def about(name: str, rest: str, is_pool: Callable[[str], bool]) -> Asked | None:
    """None if what follows is more of a name."""
    if rest.strip().casefold() in ENDS:
        return Asked(name, {}, ends=True)
    left, options = split(rest, is_pool)
    return None if left else Asked(name, options)


def whole(name: str, rest: str, is_pool: Callable[[str], bool]) -> Asked:
    """A name in quotation marks ends with them."""
    asked = about(name, rest, is_pool)
    if asked is None:
        raise Refused("option of role", option=limits.shown(name), words=limits.shown(rest.strip()))
    return asked


def another(first: str, rest: str, is_pool: Callable[[str], bool]) -> Asked:
    """A role of which nothing is known: its name is what comes before options and purpose."""
    left, options = split(rest, is_pool)
    return Asked(f"{first} {left}".strip(), options)


def split(text: str, is_pool: Callable[[str], bool]) -> tuple[str, dict[str, str]]:
    """What is neither option nor purpose, and these by name. Refused: an option that does not read, or is there twice."""
    found = FOR.search(text)
    head, tail = (text[: found.start()], text[found.end() :]) if found else (text, "")
    left, options = options_of(head, clauses(is_pool, strict=True))
    if found:
        for name, value in in_purpose(tail, is_pool).items():
            if options.setdefault(name, value) is not value:
                raise Refused("option twice", option=limits.shown(SPELLED.get(name, ("for",))[0]))
    words = left.split()
    while options and words and words[-1].casefold() in LINKING:
        words.pop()
    return " ".join(words), options


def in_purpose(tail: str, is_pool: Callable[[str], bool]) -> dict[str, str]:
    """The purpose and the options that end it; `for 2 weeks` is the term, with a purpose after it or not."""
    again = FOR.search(tail)
    if again and is_span(tail[: again.start()].strip()):
        return {"term": tail[: again.start()].strip(), **in_purpose(tail[again.end() :], is_pool)}
    purpose, options = options_of(tail, clauses(is_pool, strict=False))
    if is_span(purpose) and "term" not in options:
        return {**options, "term": purpose}
    return {**options, "purpose": purpose} if purpose else options


def options_of(text: str, known: list[Clause]) -> tuple[str, dict[str, str]]:
    try:
        return read_clauses(text, known)
    except Refused as no:
        if no.why in {"option wrong", "option unreadable"}:
            raise Refused("option of role", **no.facts) from None
        raise


def clauses(is_pool: Callable[[str], bool], *, strict: bool) -> list[Clause]:
    """`strict`: whatever follows the word for an option is meant as one, since nothing but a name comes before it."""
    fits: dict[str, Callable[[str], bool]] = {
        "term": lambda words: is_span(words) or words.casefold() in limits.USUAL,
        "seats": is_count,
        "pool": lambda words: words.casefold() in limits.ALL or is_pool(words),
        "notice": is_notice,
        "cooling": lambda words: is_span(words) or words.casefold() in limits.NOTHING,
        "most_terms": is_count,
        "answer_within": is_span,
    }
    return [Clause(name, SPELLED[name], fitting(reads, strict), prose=not strict) for name, reads in fits.items()]


def fitting(reads: Callable[[str], bool], strict: bool) -> Callable[[str], Fit]:
    def fit(words: str) -> Fit:
        if not words:
            return Fit.TEXT
        meant = strict or looks_like_length(words) or begins_with_number(words)
        return Fit.READS if reads(words) else Fit.NEARLY if meant else Fit.TEXT

    return fit


def is_count(words: str) -> bool:
    return bool(limits.COUNT.fullmatch(words))


def is_notice(words: str) -> bool:
    """Whether it reads; what it says may be refused all the same."""
    if words.casefold() in limits.NOTHING or is_span(words):
        return True
    parts = re.split(r"[\s,;]+", words.casefold())
    return any(map(str.isdigit, parts)) and all(part.isdigit() or part in limits.FILLERS for part in parts if part)


def values(options: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """What a role's columns are to be. Refused: beyond the limits."""
    readers: dict[str, Callable[[str], Any]] = {
        "term": lambda words: limits.term(words, now),
        "seats": limits.seats,
        "pool": limits.pool,
        "notice": limits.notice,
        "cooling": lambda words: limits.cooling(words, now),
        "most_terms": limits.most_terms,
        "answer_within": lambda words: limits.answer_within(words, now),
        "purpose": limits.purpose,
    }
    return {name: reader(options[name]) for name, reader in readers.items() if name in options}


def read_script(text: str, known: Collection[str]) -> tuple[str, str]:
    """`/sunset note taker We …`: the role, by its longest name that there is, and the words after it."""
    if quoted := QUOTED.match(text):
        return quoted[1], text[quoted.end() :].strip(" :")
    words = list(WORD.finditer(text))
    if not words:
        raise Refused("role unnamed")
    found = next(known_first(text, words, known), (words[0][0], ""))
    return found[0], found[1].strip()
