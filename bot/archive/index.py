"""Which words stand in which decisions: the search of a site that runs no program. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby, pairwise

from bot.archive.site import Decision
from bot.commons.words import UNSPACED, words_of

SHORTEST = 4  # letters of a word that is worth a look; a script without spaces is found by pairs of letters
COMMON = 20  # decisions: a word of more of them, and of a quarter of all, tells nothing

Found = Sequence[tuple[str, Sequence[int]]]


def index_of(decisions: Sequence[Decision]) -> list[tuple[str, Found]]:
    """By first letter: each word, and the numbers of the decisions that have it."""
    found = defaultdict[str, set[int]](set)
    for each in decisions:
        for word in telling(" ".join([each.title, *each.text, *each.options])):
            found[word].add(each.number)
    most = max(COMMON, len(decisions) // 4)
    kept = sorted((word, sorted(numbers)) for word, numbers in found.items() if len(numbers) <= most)
    return [(first, list(words)) for first, words in groupby(kept, key=lambda pair: pair[0][0])]


def telling(text: str) -> set[str]:
    words = words_of(text)
    pairs = (one + other for one, other in pairwise(words) if UNSPACED.match(one) and UNSPACED.match(other))
    return {word for word in words if len(word) >= SHORTEST and not word.isdecimal()} | set(pairs)
