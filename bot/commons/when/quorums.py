"""Quorums as people type them: a number of people, or a share of those who may take part."""

import re
from dataclasses import dataclass

from bot.commons.when.words import unreadable

QUORUM = re.compile(r"([0-9]{1,6})( ?%)?")


@dataclass(frozen=True, slots=True)
class Quorum:
    number: int  # of people, or percent
    is_share: bool

    def of(self, size: int) -> int:
        """How many of so many that is; of a share the next whole person."""
        return -(-size * self.number // 100) if self.is_share else self.number


def read_quorum(words: str) -> Quorum:
    """`5` or `40%`; Refused for 0, 101%, and all else."""
    match = QUORUM.fullmatch(words.strip())
    quorum = Quorum(int(match[1]), bool(match[2])) if match else None
    if quorum is None or quorum.number < 1 or (quorum.is_share and quorum.number > 100):
        raise unreadable("no such quorum", words)
    return quorum
