"""Which role is meant by words that begin with its name. Pure."""

import re
from collections.abc import Collection

from bot.tidy import folded

LONGEST = 32  # words of a role's name


def role_named(words: str, keys: Collection[str]) -> tuple[str, str] | None:
    """The role whose folded name the words begin with, the longest of several, and what follows it."""
    ends = [found.end() for found in re.finditer(r"\S+", words)][:LONGEST]
    for end in reversed(ends):
        key = folded(words[:end].strip(" :,"))
        if key in keys:
            return key, words[end:].strip(" :,\n").strip()
    return None
