"""What `/label` asks for: `site: North, gender: woman`, `site: -`, `none`. Pure."""

import re
import unicodedata

from bot.refusal import Refused
from bot.tidy import folded, isolated, tidy

MOST = 12  # labels of one person
CATEGORY_LIMIT, VALUE_LIMIT = 24, 40  # characters
NOTHING = frozenset({"-", "–", "—", "none", "nothing", "erase", "nada", "ninguno", "ninguna", "borrar"})
TAKEN = frozenset(  # words that mean something in `/draw … balance by …`, and columns of the exchange files
    {"id", "name", "chance", "from", "among", "entre", "without", "except", "sin", "with", "con", "because", "and", "y", "e", "by"}
)
BETWEEN = re.compile(r"[,;\n]+")
SIGNS = frozenset(" -_.'’/+&")


def read(text: str) -> dict[str, str]:
    """What is said of each category; "" erases it. Refused: not like that, or with characters that no file carries safely."""
    parts = [part for part in BETWEEN.split(text) if part.strip()]
    found = dict(read_one(part) for part in parts)
    if not found:
        raise Refused("label unreadable")
    return found


def erases_all(text: str) -> bool:
    return folded(text) in NOTHING


def read_one(part: str) -> tuple[str, str]:
    name, colon, value = re.sub(r"[:=：]", ":", part, count=1).partition(":")
    if not colon:
        raise Refused("label unreadable")
    return category(name), "" if folded(value) in NOTHING else valued(value)


def category(words: str) -> str:
    """Folded: one word that begins with a letter."""
    name = folded(words)
    if name in TAKEN:
        raise Refused("label category taken", word=isolated(name))
    letters = all(is_wordlike(sign) or sign in "-_" for sign in name)
    if not name or not name[0].isalpha() or not letters or len(name) > CATEGORY_LIMIT:
        raise Refused("label category", limit=CATEGORY_LIMIT)
    return name


def valued(words: str) -> str:
    value = tidy(words, VALUE_LIMIT + 1)
    if not value or len(value) > VALUE_LIMIT:
        raise Refused("label length", limit=VALUE_LIMIT)
    if not value[0].isalnum() or not all(is_wordlike(sign) or sign in SIGNS for sign in value):
        raise Refused("label characters")
    return value


def is_wordlike(sign: str) -> bool:
    """A letter, a digit, or what belongs to one."""
    return unicodedata.category(sign)[0] in "LNM"
