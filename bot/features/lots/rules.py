"""What `/draw` asks for, and who is next. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.refusal import Refused
from bot.tidy import folded

MOST_SEATS = 30  # each is asked on a line of the result
PAIR = 2  # seats of a draw with a buddy
ROLE_LIMIT = 64  # characters
NOBODY = "former"  # how the labels of those begin who were forgotten
AND = " + "  # between the names of two circles
CIRCLES_LIMIT = 2 * ROLE_LIMIT + len(AND)  # characters
BECAUSE = re.compile(r"(?:^|\s)because\s+(.+)$", re.IGNORECASE | re.DOTALL)
NUMBERLIKE = re.compile(r"[-+−]?[\d.,/_]+%?|[-+]?(?:nan|snan|inf|infinity)|[-+]?\d[\d.]*e[-+]?\d+", re.IGNORECASE)


CLAUSES = {
    "circle": ("from", "among", "entre"),
    "without": ("without", "except", "sin"),
    "buddy": (r"with\s+(?:a\s+)?buddy", r"con\s+compañer[oa]"),
    "balance": (r"balanced?\s+by", r"equilibr(?:ad[oa]s?|ar|io)\s+por"),
}
CLAUSE = re.compile(
    r"(?:^|\s)(?:" + "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in CLAUSES.items()) + r")(?=\s|$)", re.IGNORECASE
)
BETWEEN_CATEGORIES = re.compile(r"[\s,;+&]+(?:(?:and|y|e)\s+)?")
MOST_CATEGORIES = 4
QUOTED = re.compile(r"\s*[\"“«](.{1,200}?)[\"”»](?=\s|$)")
LONGEST_IN_WORDS = 12  # of a role's name


@dataclass(frozen=True, slots=True)
class Asked:
    """What `/draw note taker 2 from council without @ben because Ben moved` asks for."""

    role: str
    seats: int | None  # None: as many as are free
    reason: str
    circle: str = ""  # the role among whose holders
    without: str = ""  # the people who are left out, in words
    buddy: bool = False  # as a pair: somebody who has served, and somebody new
    balance: str = ""  # the categories of labels by which it is balanced, in words


def read_request(text: str, known: Collection[str] = ()) -> Asked:
    """`known`: the folded names of roles that there are. Refused: no role, seats that are no number, a clause without words."""
    reason = BECAUSE.search(text)
    name, rest = named(text[: reason.start()] if reason else text, known)
    head, clauses = split(rest)
    words = head.split()
    counted = bool(words) and len(words) + bool(name) > 1 and NUMBERLIKE.fullmatch(words[-1])
    seats = read_seats(words.pop()) if counted else None
    role = " ".join([*name.split(), *words])
    if not role or NUMBERLIKE.fullmatch(role):
        raise Refused("role missing")
    if len(role) > ROLE_LIMIT:
        raise Refused("role too long", limit=ROLE_LIMIT)
    if clauses.get("buddy") and seats not in {None, PAIR}:
        raise Refused("pair is two")
    if clauses.get("buddy") and clauses.get("balance"):
        raise Refused("pair or balance")
    return Asked(role, PAIR if clauses.get("buddy") else seats, reason[1].strip() if reason else "", **clauses)


def named(text: str, known: Collection[str]) -> tuple[str, str]:
    """A role in quotation marks, or the longest that there is, of which no word is read as anything else; and what follows it."""
    if quoted := QUOTED.match(text):
        return quoted[1], text[quoted.end() :]
    for word in reversed(list(re.finditer(r"\S+", text))[:LONGEST_IN_WORDS]):
        if folded(text[: word.end()]) in known:
            return text[: word.end()], text[word.end() :]
    return "", text


def split(text: str) -> tuple[str, dict[str, Any]]:
    """What comes before the first clause, and the clauses by name."""
    found = list(CLAUSE.finditer(text))
    if not found:
        return text, {}
    ends = [*(match.start() for match in found[1:]), len(text)]
    clauses: dict[str, Any] = {}
    for match, end in zip(found, ends, strict=True):
        words, name = text[match.end() : end].strip(), str(match.lastgroup)
        if bool(words) == (name == "buddy") or name in clauses:
            raise Refused("clause empty", word=" ".join(match[0].casefold().split()))
        clauses[name] = words or True
    return text[: found[0].start()], clauses


def read_categories(words: str) -> list[str]:
    """`site, gender and age`, folded. Refused: too many."""
    found = list(dict.fromkeys(filter(None, map(folded, BETWEEN_CATEGORIES.split(words)))))
    if len(found) > MOST_CATEGORIES:
        raise Refused("too many categories", most=MOST_CATEGORIES)
    return found


def circles_in(words: str) -> list[str]:
    """The names of the circles among which was drawn; none: the whole hat."""
    return words.split(AND) if words else []


def read_seats(word: str) -> int:
    if not word.isdecimal() or not 1 <= len(word) <= 6 or int(word) < 1:
        raise Refused("seats not a number")
    return int(word)


def check_pool(in_hat: int, seats: int, resting: int = 0) -> None:
    """`in_hat` without those who are resting."""
    if in_hat + resting == 0:
        raise Refused("hat empty")
    if seats > in_hat and resting:
        raise Refused("too many seats awake", seats=seats, in_hat=in_hat)
    if seats > in_hat:
        raise Refused("too many seats", seats=seats, in_hat=in_hat)
    if seats > MOST_SEATS:
        raise Refused("too many for one", most=MOST_SEATS)


def read_number(text: str) -> int | None:
    """17 from `D-17`, `d17` or `17`; None for nothing; Refused for anything else."""
    match = re.fullmatch(r"(?:[dD]-?)?(\d{1,9})", text.strip(), re.ASCII)
    if match is None and text.strip():
        raise Refused("no such draw")
    return int(match[1]) if match else None


def answer_by(usual: datetime, serves_until: datetime | None) -> datetime:
    """Until when an offer stands: not for longer than the rest of the term that it is about."""
    return usual if serves_until is None else min(usual, serves_until)


def is_over(serves_until: datetime | None, now: datetime) -> bool:
    """Whether there is no rest of that term any more; a whole term is never over before it begins."""
    return serves_until is not None and serves_until <= now


def parts(known: Collection[str], seats: int, balanced: Sequence[str] = ()) -> Sequence[str]:
    """For each seat, of which part of the pool it is: of a pair one is for a veteran, then one for a novice.

    `balanced`: of a draw that is, the parts of those whom the quotas chose, in drawn order.
    """
    if balanced:
        return balanced[:seats]
    return ("veteran", "novice")[:seats] if "veteran" in known else ("",) * seats


def next_in_order(answers: Sequence[tuple[str, bool]]) -> int | None:
    """Of (answer, whether they may be asked) in drawn order: the index of the first reserve who can be."""
    for place, (answer, may_be_asked) in enumerate(answers):
        if answer == "reserve" and may_be_asked:
            return place
    return None


def without(document: str, label: str, nobody: str) -> str:
    """The pool document with somebody else's name for one label, and without what that person had said of themselves."""
    lines = [line.split(" ") for line in document.split("\n")]
    for words in lines:
        if words[:2] == ["labels:", label]:
            words[2:] = ["-"] * len(words[2:])
        words[:] = [nobody if word == label else word for word in words]
    return "\n".join(" ".join(words) for words in lines)


def is_whole(document: str) -> bool:
    """Whether everybody in the pool is still known, so that its SHA-256 is the one that was posted."""
    return f"\n{NOBODY}:" not in document
