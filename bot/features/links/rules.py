"""How codes look and how long they are good for, and whose time on the roll counts. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.refusal import Refused

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that look alike; a power of two of them
LENGTH = 8
GOOD_FOR = timedelta(minutes=15)
MOST_WRONG, WRONG_FOR = 10, timedelta(hours=1)  # wrong codes that one account may try, and in what time
SHOWN = 8  # numbers named in one sentence
OBJECT_FOR = timedelta(hours=1)  # in which anyone may object to a room that joins


def code_from(chance: bytes) -> str:
    """`7KQF-2MZR`: forty bits of chance."""
    letters = "".join(LETTERS[byte % len(LETTERS)] for byte in chance[:LENGTH])
    return f"{letters[:4]}-{letters[4:]}"


def read_code(text: str) -> str:
    """The code in its own spelling. Refused: anything that cannot be one."""
    letters = re.sub(r"[\s\-–—]", "", text).upper()
    if len(letters) != LENGTH or any(letter not in LETTERS for letter in letters):
        raise Refused("no code")
    return f"{letters[:4]}-{letters[4:]}"


def named(numbers: Sequence[int]) -> str:
    """`D-3, D-7`; the first few of many."""
    return ", ".join([f"D-{number}" for number in numbers[:SHOWN]] + ["…"] * (len(numbers) > SHOWN))


def check_code(now: datetime, expires_at: datetime, used: bool) -> None:
    if used:
        raise Refused("code used")
    if now >= expires_at:
        raise Refused("code expired")
