"""What `/council` asks for. Pure."""

from dataclasses import dataclass
from datetime import timedelta

from bot.refusal import Refused

LONGEST_ISSUE, LONGEST_RESULT = 48, 4_000  # characters
MOST_SEATS = 30
SEATS, TERM = 3, "2 months"  # unless something else is said
SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Asked:
    """`/council the kitchen seats 4 for 2 months`"""

    issue: str
    seats: int


def read(issue: str, seats: str) -> Asked:
    """Refused: no issue, or one that is too long for the name of a role."""
    if not issue:
        raise Refused("council for what")
    if len(issue) > LONGEST_ISSUE:
        raise Refused("issue too long", limit=LONGEST_ISSUE)
    return Asked(issue, int(seats) if seats else SEATS)


def check_length(length: timedelta) -> None:
    if not SHORTEST <= length <= LONGEST:
        raise Refused("no such council")


def check_result(text: str) -> None:
    if len(text) > LONGEST_RESULT:
        raise Refused("result too long", limit=LONGEST_RESULT)
