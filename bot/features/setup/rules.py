"""Which settings there are, and which values they take. Pure."""

import re
from collections.abc import Collection
from datetime import timedelta

from bot.refusal import Refused

SHORTEST, LONGEST = 5, 86_400  # seconds of the hat's window
UNITS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400}
ALIASES = {"language": "language", "zone": "zone", "timezone": "zone", "tz": "zone", "window": "window", "hat": "window"}


def read_change(text: str, brought: Collection[str] = ()) -> tuple[str, str] | None:
    """`zone Europe/Berlin` -> ("zone", "Europe/Berlin"); None when nothing is to change. `brought`: settings of features."""
    words = text.split()
    if not words:
        return None
    if (named := words[0].casefold()) in brought:
        return named, " ".join(words[1:])
    setting = ALIASES.get(named)
    value = words[2:] if [word.casefold() for word in words[:2]] in (["time", "zone"], ["hat", "window"]) else words[1:]
    setting = "zone" if words[0].casefold() == "time" and value != words[1:] else setting
    if setting is None:
        raise Refused("no such setting")
    return setting, " ".join(value)


def window(value: str) -> timedelta:
    """Between 5 seconds and a day, such as `45s` or `2 min`."""
    match = re.fullmatch(r"(\d{1,6})\s*([a-z]+)", value.casefold(), re.ASCII)
    if match is None or match[2] not in UNITS:
        raise Refused("no such window")
    seconds = int(match[1]) * UNITS[match[2]]
    if not SHORTEST <= seconds <= LONGEST:
        raise Refused("no such window")
    return timedelta(seconds=seconds)


def language(value: str, known: dict[str, str]) -> str:
    """The code of a language, given by its code or its own name."""
    for code, name in known.items():
        if value.casefold() in {code, name.casefold()}:
            return code
    raise Refused("no such language", known=list(known.values()))
