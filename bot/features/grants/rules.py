"""What `/mandate` and `/delegate` ask for. Pure."""

from dataclasses import dataclass
from datetime import timedelta

from bot.refusal import Refused

ROLE_LIMIT = 64  # characters
LONGEST_QUESTION, LONGEST_TEXT = 300, 4_000
DELEGATE_TERM = "1 month"  # of a delegate of whom nothing else was said
SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=731)


@dataclass(frozen=True, slots=True)
class Errand:
    """The one question that a delegate is sent with, and what to say to it."""

    question: str
    instructions: str


def check_role(role: str) -> None:
    if not role:
        raise Refused("mandate for what")
    if len(role) > ROLE_LIMIT:
        raise Refused("role too long", limit=ROLE_LIMIT)


def read_errand(text: str) -> Errand:
    """The question is the first line, or what stands before `|`; then come the instructions. Refused: no question, or too long."""
    question, mark, rest = text.strip().partition("|")
    if not mark:
        question, _, rest = text.strip().partition("\n")
    if not question.strip():
        raise Refused("delegate for what")
    if len(question.strip()) > LONGEST_QUESTION or len(rest.strip()) > LONGEST_TEXT:
        raise Refused("errand too long", question=LONGEST_QUESTION, instructions=LONGEST_TEXT)
    return Errand(question.strip(), rest.strip())


def check_length(length: timedelta) -> None:
    if not SHORTEST <= length <= LONGEST:
        raise Refused("no such term")


def check_report(text: str) -> None:
    if not text:
        raise Refused("report missing")
    if len(text) > LONGEST_TEXT:
        raise Refused("report too long", limit=LONGEST_TEXT)
