"""Finding people's names in what people wrote, and putting something else in their place. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.commons.words import UNSPACED

SHORTEST, LONG = 2, 3  # letters of a name that is looked for in words, and of a part of one
ARTICLES = frozenset(["the", "der", "die", "das", "los", "las", "les", "del", "von", "van", "und", "and"])
WORDED = ("text", "question", "options", "role", "issue", "result", "circle", "purpose", "sunset")  # of an entry, said by people
Mask = Callable[[str], str]


def mask(known: Iterable[str], instead: Callable[[str], str]) -> Mask:
    """Of a text the same with each known name, or a part of one, replaced. `instead`: given the name that is meant."""
    words = {word: name for name in known for word in (*parts(name), name) if len(word) >= SHORTEST}
    if not words:
        return lambda text: text
    pattern = re.compile("|".join(map(spelled, sorted(words, key=len, reverse=True))))
    whose = {word.casefold(): name for word, name in words.items()}
    return lambda text: pattern.sub(lambda found: instead(whose[found[0].removeprefix("@").casefold()]), text)


def parts(name: str) -> list[str]:
    """`Anna Bell` is also Anna, and Bell; words that any text may have are no names, nor is what has no capital."""
    found = re.findall(r"\w+", name)
    telling = (part for part in found if len(part) >= LONG and part[0].isupper())
    return [part for part in telling if part.casefold() not in ARTICLES] if len(found) > 1 else []


def spelled(word: str) -> str:
    """A pattern for it: a single word as a name is written, for `will` is no Will; anything else in any case."""
    if not word.isalpha():
        return f"(?i:{whole(word)})"
    return "|".join(map(whole, dict.fromkeys((word, word.capitalize(), word.upper()))))


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
