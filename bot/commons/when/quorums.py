"""Quorums as people type them: a number of people, or a share of those who may take part."""

import re
from dataclasses import dataclass

from bot.commons.when.words import LIMIT, plain, unreadable

QUORUM = re.compile(r"([0-9]{1,6})(?:( ?(?:%|per ?cent|por ciento))| (?:people|persons?|members?|personas?|miembros?))?")
SHARES = {"all": 100, "everybody": 100, "everyone": 100, "todos": 100, "todas": 100, "half": 50, "la mitad": 50}


@dataclass(frozen=True, slots=True)
class Quorum:
    number: int  # of people, or percent
    is_share: bool

    def __str__(self) -> str:
        return f"{self.number}%" if self.is_share else str(self.number)

    def of(self, size: int) -> int:
        """How many of so many that is; of a share the next whole person, and at least one."""
        return max(1, -(-size * self.number // 100)) if self.is_share else self.number


def read_quorum(words: str) -> Quorum:
    """`5`, `40%`, `half`, `all`; Refused for 0, 101%, and all else."""
    typed = plain(words.strip()[: LIMIT + 1])
    match = QUORUM.fullmatch(typed)
    quorum = Quorum(int(match[1]), bool(match[2])) if match else Quorum(SHARES.get(typed, 0), True)
    if quorum.number < 1 or (quorum.is_share and quorum.number > 100):
        raise unreadable("no such quorum", words)
    return quorum
