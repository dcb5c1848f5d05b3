"""How long codes are good for, and whose time on the roll counts. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.refusal import Refused

GOOD_FOR = timedelta(minutes=15)
MOST_WRONG, WRONG_FOR = 10, timedelta(hours=1)  # wrong codes that one account may try, and in what time
SHOWN = 8  # numbers named in one sentence
OBJECT_FOR = timedelta(hours=1)  # in which anyone may object to a room that joins


def named(numbers: Sequence[int]) -> str:
    """`D-3, D-7`; the first few of many."""
    return ", ".join([f"D-{number}" for number in numbers[:SHOWN]] + ["…"] * (len(numbers) > SHOWN))


def check_code(now: datetime, expires_at: datetime, used: bool) -> None:
    if used:
        raise Refused("code used")
    if now >= expires_at:
        raise Refused("code expired")
