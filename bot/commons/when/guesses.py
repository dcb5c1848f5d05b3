"""Whether words that do not read were meant as a time, so that they are not taken for text in silence."""

import re
from functools import lru_cache
from unicodedata import normalize

from bot.commons.when.words import DAYS, DROPPED, MONTHS, UNITS, lexicon, tokens
from bot.language import LANGUAGES

VAGUE = frozenset(
    [
        "morning",
        "afternoon",
        "evening",
        "night",
        "tonight",
        "midnight",
        "weekend",
        "utc",
        "gmt",
        "cet",
        "cest",
        "bst",
        "est",
        "edt",
        "pst",
        "pdt",
        "madrugada",
        "tarde",
        "noche",
        "medianoche",
        "finde",
    ]
)
LINKING = frozenset({"in", "at", "am", "pm", "next", "last", "and", "every", "end", "fin", "final", "or", "o", "z", "half"})
STRONG = frozenset({*DAYS, *MONTHS, *UNITS, "today", "tomorrow", "overmorrow", "yesterday", "noon", "weekday"})
NUMERIC = re.compile(r"[-+−]?[^\W_][-\d:./+−]*|[-+−]\d+")
ISO_LENGTH = re.compile(r"[-+]?p(?=[t\d])[t\d.,eymwdhs]*[ymwdhs]", re.IGNORECASE)
TYPED_LIMIT = 12  # letters; beyond, nothing is near


def looks_like_time(words: str) -> bool:
    """Also in wide digits, which do not read."""
    narrow = normalize("NFKC", words)
    return any(timely(tokens(narrow, language)) for language in LANGUAGES)


def looks_like_length(words: str) -> bool:
    """A number and a unit, or what looks like one; without a number `for the day` is text."""
    found = [tokens(words, language) for language in LANGUAGES]
    if ISO_LENGTH.fullmatch(words):
        return True
    return any(timely(parts) and any(map(numeric, parts)) and any(is_unit(part) for part in parts) for parts in found)


def timely(parts: list[str]) -> bool:
    """Nothing but words for time and numbers, and not only small words."""
    return all(strong(part) or part in LINKING for part in parts) and any(map(strong, parts))


def strong(part: str) -> bool:
    return part in STRONG or part in VAGUE or numeric(part) or bool(nearest(part))


def numeric(part: str) -> bool:
    return any(map(str.isdigit, part)) and bool(NUMERIC.fullmatch(part))


def is_unit(part: str) -> bool:
    return part in UNITS or nearest(part) in UNITS


@lru_cache
def long_words() -> dict[str, str]:
    """The spellings in which a slip can be told, and what they mean."""
    known = {word: meaning for language in LANGUAGES for word, meaning in lexicon(language).words.items()}
    return {word: meaning for word, meaning in known.items() if meaning in STRONG and meaning != DROPPED and len(word) > 3}


def nearest(part: str) -> str:
    """What this would mean with one slip of the finger less; "" if nothing."""
    return next((meaning for word, meaning in long_words().items() if near(part, word)), "")


def near(typed: str, word: str) -> bool:
    """One letter too many, too few, changed (in words of five and more), or two swapped; the first is right."""
    if typed == word or not typed or typed[0] != word[0] or abs(len(typed) - len(word)) > 1 or len(typed) > TYPED_LIMIT:
        return False
    if len(typed) < len(word):
        return shortened(word, typed)
    if len(typed) > len(word):
        return shortened(typed, word)
    wrong = [place for place, (one, other) in enumerate(zip(typed, word, strict=True)) if one != other]
    return (len(wrong) == 1 and len(word) > 4) or swapped(typed, word, wrong)


def shortened(long: str, short: str) -> bool:
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def swapped(typed: str, word: str, wrong: list[int]) -> bool:
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and typed[wrong[0]] == word[wrong[1]] and typed[wrong[1]] == word[wrong[0]]
