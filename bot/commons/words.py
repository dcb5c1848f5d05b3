"""Words as they are searched: the same for all ways of writing them, whatever the case and the accents. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

WORD = re.compile(r"[^\W_]+")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
BARE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
LONGEST, MOST = 40, 3_000  # letters of a word, and words of an entry
TOLD = ("text", "question", "options", "agenda", "role", "issue", "result", "reason", "circle", "purpose", "sunset")
INSIDE = {
    "stances": (1,),
    "objections": (1, 3),
    "nominations": (3,),
    "notes": (2,),
}  # where in these people's words stand


def words_of(text: str) -> list[str]:
    """In order; of a script that has no spaces each letter is a word."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn").translate(BARE)
    return [word[:LONGEST] for word in WORD.findall(UNSPACED.sub(r" \g<0> ", bare))]


def words_in(facts: Mapping[str, Any], personal: Mapping[str, Any]) -> list[str]:
    """Those by which an entry is found: each once, none of them a person's label."""
    told = (word for text in texts_in(facts, personal) for word in words_of(text))
    return list(dict.fromkeys(told))[:MOST]


def texts_in(facts: Mapping[str, Any], personal: Mapping[str, Any]) -> Iterator[str]:
    yield from strings([facts.get("setting")])
    for key in TOLD:
        found = personal.get(key)
        yield from strings(found if isinstance(found, list) else [found])
    for key, places in INSIDE.items():
        found = personal.get(key) or []
        rows = found.values() if isinstance(found, Mapping) else filter(None, found)
        yield from strings(row[place] for row in rows for place in places)


def strings(values: Iterable[Any]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))
