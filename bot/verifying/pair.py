"""Of a receipt that holds: the pair that is asked first, the first in order who has served and the first who has not."""

import re
from collections.abc import Sequence


def pair(receipt: str, order: Sequence[str]) -> list[str]:
    """The two labels; nothing if it was not drawn as a pair."""
    head = receipt.partition("\n---\n")[0]
    found = re.search(r"^veterans: (.+)$", head, re.MULTILINE)
    veterans = found[1].split() if found else []
    return [next(who for who in order if (who in veterans) == served) for served in (True, False)] if found else []
