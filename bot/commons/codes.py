"""Codes that somebody brings from one place to another, as they look. Pure."""

import re

from bot.refusal import Refused

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that look alike; a power of two of them
LENGTH = 8


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
