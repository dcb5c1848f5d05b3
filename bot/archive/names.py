"""How people are named in an archive: not at all, by initials, or by name; also in the words of others. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.commons.words import UNSPACED

OPEN, INITIALS, NAMES = "open", "initials", "names"
SHORTEST = 2  # letters of a name that is looked for in words
WORDED = ("text", "question", "options", "role", "issue", "result", "circle", "purpose", "sunset")  # of an entry, said by people


def initials(name: str) -> str:
    """`Anna Bell` -> `A. B.`"""
    return " ".join(f"{part[0]}." for part in re.findall(r"\w+", name)[:3]) or "…"


def shown(mode: str, name: str, somebody: str) -> str:
    return {NAMES: name, INITIALS: initials(name)}.get(mode, somebody)


def masks(mode: str, known: Mapping[str, str], somebody: str) -> Callable[[str], str]:
    """Of a text the same with each known name as the archive shows it. `known`: a name, or a handle, -> whose name it is."""
    sought = sorted((word for word in known if len(word) >= SHORTEST), key=len, reverse=True)
    if mode == NAMES or not sought:
        return lambda text: text
    pattern = re.compile("|".join(map(whole, sought)))
    return lambda text: pattern.sub(lambda found: shown(mode, known[found[0].removeprefix("@")], somebody), text)


def whole(word: str) -> str:
    """As a word of its own; in a script without spaces wherever it stands."""
    bare = re.escape(word)
    return bare if UNSPACED.search(word) else rf"@?(?<!\w){bare}(?!\w)"


def masked(facts: Mapping[str, Any], mask: Callable[[str], str]) -> dict[str, Any]:
    return {key: worded(value, mask) if key in WORDED else value for key, value in facts.items()}


def worded(value: Any, mask: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return mask(value)
    return [worded(each, mask) for each in value] if isinstance(value, list) else value
