"""How people are named in an archive: not at all, by initials, or by name; also in the words of others. Pure."""

import re
from collections.abc import Callable, Mapping

from bot.commons.masking import mask

OPEN, INITIALS, NAMES = "open", "initials", "names"


def initials(name: str) -> str:
    """`Anna Bell` -> `A. B.`"""
    return " ".join(f"{part[0]}." for part in re.findall(r"\w+", name)[:3]) or "…"


def shown(mode: str, name: str, somebody: str) -> str:
    return {NAMES: name, INITIALS: initials(name)}.get(mode, somebody)


def masks(mode: str, known: Mapping[str, str], somebody: str) -> Callable[[str], str]:
    """Of a text the same with each known name as the archive shows it. `known`: a name, or a handle, -> whose name it is."""
    return (lambda text: text) if mode == NAMES else mask(known, lambda word: shown(mode, known[word], somebody))
