"""Words that several features share."""

from collections.abc import Sequence
from itertools import accumulate

from bot.language import Voice

NAMED, ROOM = 20, 400  # people named one by one, and characters for their names; the rest are counted


def folded_list(v: Voice, names: Sequence[str], total: int | None = None) -> str:
    """All names, or as many as there is room for and how many more there are. `total`: of whom these are the first."""
    ends = list(accumulate(map(len, names)))
    shown = [name for name, end in zip(names[:NAMED], ends, strict=False) if end <= ROOM]
    rest = (len(names) if total is None else total) - len(shown)
    return v.listed([*shown, v.n_("{n} more", "{n} more", rest)] if rest else shown)
