"""Reading which D-number is meant. Pure."""

import re
from collections.abc import Callable

NUMBERED = re.compile(r"(?P<sign>[dD]-?)?(?P<number>\d{1,9})(?=[\s:]|$)[\s:]*", re.ASCII)


def read(text: str, exists: Callable[[int], bool]) -> tuple[int | None, str]:
    """The number that the text begins with, and what follows it.

    `D-12 yes` names 12 whatever follows; `12 yes` only if there is a 12 to speak of, since `2 > 1` may be an answer.
    """
    match = NUMBERED.match(text)
    if match is None:
        return None, text
    number, rest = int(match["number"]), text[match.end() :]
    if match["sign"] or (exists(number) and not rest.startswith((">", ","))):
        return number, rest
    return None, text
