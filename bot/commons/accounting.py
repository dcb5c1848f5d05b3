"""The accounting line: everything that was received was counted, replaced by a later word of the same person, or refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accounting:
    """Of one round or poll, in ballots or stances."""

    received: int
    counted: int
    replaced: int
    refused: int

    @property
    def adds_up(self) -> bool:
        return self.received == self.counted + self.replaced + self.refused
