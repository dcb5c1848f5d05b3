"""What `/draw` asks for, and who is next. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.refusal import Refused

MOST_SEATS = 30  # each is asked on a line of the result
ROLE_LIMIT = 64  # characters
BECAUSE = re.compile(r"(?:^|\s)because\s+(.+)$", re.IGNORECASE | re.DOTALL)
NUMBERLIKE = re.compile(r"[-+−]?[\d.,/_]+%?|[-+]?(?:nan|snan|inf|infinity)|[-+]?\d[\d.]*e[-+]?\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What `/draw note taker 2 because Ben moved` asks for."""

    role: str
    seats: int
    reason: str


def read_request(text: str) -> Asked:
    """Refused: no role, or a number of seats that is none."""
    reason = BECAUSE.search(text)
    words = (text[: reason.start()] if reason else text).split()
    seats = read_seats(words.pop()) if len(words) > 1 and NUMBERLIKE.fullmatch(words[-1]) else 1
    role = " ".join(words)
    if not role or NUMBERLIKE.fullmatch(role):
        raise Refused("role missing")
    if len(role) > ROLE_LIMIT:
        raise Refused("role too long", limit=ROLE_LIMIT)
    return Asked(role, seats, reason[1].strip() if reason else "")


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


def next_in_order(answers: Sequence[tuple[str, bool]]) -> int | None:
    """Of (answer, whether they may be asked) in drawn order: the index of the first reserve who can be."""
    for place, (answer, may_be_asked) in enumerate(answers):
        if answer == "reserve" and may_be_asked:
            return place
    return None
