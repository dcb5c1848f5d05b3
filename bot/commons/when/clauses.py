"""Options at the end of a text: `Buy a dishwasher until Friday 18:00 quorum 40%` is a text and two options."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.commons.when.kinds import CLAUSES, Clause, Fit
from bot.commons.when.words import LIMIT, SHOWN, plain
from bot.refusal import Refused
from bot.tidy import isolated, tidy

HEAD = 48  # characters in which the name of an option must fit
WORDS = 12  # of the last line, among which an option may begin
PARTS = " \t\r\n,;|"  # what stands between options, and is neither theirs nor the text's
BULLET = re.compile(r"(?:^|\n)[\s\-–*•]*$")
STOP = re.compile(r"(?<![ap]\.m)(?<! [ap]m)\.$", re.IGNORECASE)
ENDS = frozenset(",;|?!.:(\n")


@dataclass(frozen=True, slots=True)
class Found:
    """An option in its place."""

    clause: Clause
    spelled: str  # as it was typed
    value: str
    start: int
    reads: bool
    stopped: bool  # a full stop follows
    apart: bool  # nothing, a line's end or a mark stands before it


def read_clauses(text: str, known: Sequence[str | Clause]) -> tuple[str, dict[str, str]]:
    """The text without the options that end it, and these by name, as they were typed.

    Taken is what reads: also on lines of its own, as `key: value`, and in brackets. What does not read is text
    (`until Ben is back`), but Refused if it is clearly meant: what follows is made of times and numbers (`until Fryday`),
    begins with a number (`quorum 400%`), or follows a colon. Text that ends like an option keeps its end with a full
    stop (`Closed until Friday.`).
    """
    clauses = [CLAUSES[each] if isinstance(each, str) else each for each in known]
    found = trailing(text, clauses)
    while found and is_sentence(found[-1]):
        found.pop()
    for each in found:
        check(each, found)
    return trimmed(text[: found[-1].start] if found else text), {each.clause.name: each.value for each in reversed(found)}


def is_sentence(each: Found) -> bool:
    """`Closed until Friday.`, `Keep it secret.`"""
    return each.stopped and (each.clause.prose or (each.clause.bare and not each.apart))


def check(each: Found, found: Sequence[Found]) -> None:
    if not each.reads:
        facts = {"words": shown(each.value), "option": shown(each.spelled)}
        raise Refused("option unreadable", **facts) if each.clause.prose else Refused("option wrong", **facts)
    if each.clause.bare and each is found[-1] and not each.apart:
        raise Refused("option or text", option=shown(each.spelled))
    if any(other is not each and other.clause.name == each.clause.name for other in found):
        raise Refused("option twice", option=shown(each.spelled))


def shown(words: str) -> str:
    return isolated(tidy(words, SHOWN)) or "…"


def trimmed(text: str) -> str:
    """Without what separates it from the options, and without an empty bullet."""
    text = text.rstrip(PARTS)
    bullet = BULLET.search(text[-LIMIT:])
    return text[: len(text) - len(bullet[0])].rstrip(PARTS) if bullet else text


def trailing(text: str, clauses: Sequence[Clause]) -> list[Found]:
    """The options that end the text, the last first; none beyond one that is there twice."""
    found: list[Found] = []
    left = trimmed(text)
    while is_once(found) and (more := [each for each in last_of(left, clauses) if is_new(each, found)]):
        found += more
        left = trimmed(left[: more[-1].start])
    return found


def is_once(found: Sequence[Found]) -> bool:
    return len({each.clause.name for each in found}) == len(found)


def is_new(each: Found, found: Sequence[Found]) -> bool:
    """`for 3 months until Friday` is a text that speaks of months, and a deadline."""
    return not each.clause.prose or not any(
        (other.clause.slot or other.clause.name) == (each.clause.slot or each.clause.name) for other in found
    )


def last_of(text: str, clauses: Sequence[Clause]) -> list[Found]:
    """The option that ends the text, or all those in the brackets that end it; nearest first."""
    opening = text.rfind("(")
    if text.rstrip(".").endswith(")") and opening >= 0 and "\n" not in text[opening:]:
        return in_brackets(text, opening, clauses)
    nearly: list[Found] = []
    for each in endings(text, clauses):
        if each.reads:
            return [each]
        nearly.append(each)
    return nearly[:1]


def in_brackets(text: str, opening: int, clauses: Sequence[Clause]) -> list[Found]:
    """All or nothing: brackets with anything else in them are text."""
    inner = text[opening + 1 :].rstrip(".")[:-1]
    found = trailing(inner, clauses)
    whole = bool(found) and not trimmed(inner[: found[-1].start])
    return [replace(each, start=opening, stopped=False, apart=True) for each in found] if whole else []


def endings(text: str, clauses: Sequence[Clause]) -> Iterator[Found]:
    """All ways to see an option in the end of the last line, the shortest first; what fits none is left out."""
    start = text.rfind("\n") + 1
    words = list(re.finditer(r"\S+", text[start:]))
    firsts = [start + word.start() for word in words[-WORDS:]]
    if words and firsts[0] != start + words[0].start():
        firsts.insert(0, start + words[0].start())
    for at in reversed(firsts):
        head = plain_same_length(text[at : at + HEAD])
        for clause in clauses:
            yield from spelled_at(text, at, head, clause)


def spelled_at(text: str, at: int, head: str, clause: Clause) -> Iterator[Found]:
    for spelled in sorted(clause.spelled, key=len, reverse=True):
        pattern = r"\s+".join(map(re.escape, spelled.split()))
        match = re.match(rf"({pattern})(:)?(?=\s|$)", head)
        if match:
            fit, found = read_at(text, at, at + match.end(), clause, bool(match[2]))
            if fit is not Fit.TEXT:
                yield found
                return


def plain_same_length(words: str) -> str:
    """Small letters without accents, letter for letter."""
    return "".join((plain(letter) or letter)[:1] if len(plain(letter)) <= 1 else letter for letter in words)


def read_at(text: str, at: int, end: int, clause: Clause, colon: bool) -> tuple[Fit, Found]:
    raw = text[end:].strip(PARTS)
    value = STOP.sub("", raw)
    before = text[:at].rstrip(" \t")
    alone = bool(BULLET.search(before[-LIMIT:])) if before else True
    apart = alone or before[-1] in ENDS
    fit = clause.fits(value) if len(value) <= LIMIT else Fit.TEXT
    if fit is Fit.TEXT and colon and not clause.loose and (alone or (apart and not clause.prose)):
        fit = Fit.NEARLY
    return fit, Found(clause, text[at:end].rstrip(":"), value, at, fit is Fit.READS, raw != value, apart)
