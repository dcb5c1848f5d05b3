"""What all bare bots have in common: a tally in memory, and what the board says."""

import sys
from collections import Counter

LABELS = ("Garden", "Roof")


class Tally:
    """The last press of each person counts."""

    def __init__(self) -> None:
        self.choices: dict[int, str] = {}
        self.shown = ""

    def press(self, person: int, choice: str) -> str:
        self.choices[person] = choice
        return f"Your answer: {choice}"

    @property
    def board(self) -> str:
        counts = Counter(self.choices.values())
        return "\n".join(f"{label}: {counts[label]}" for label in LABELS)

    def news(self) -> str | None:
        """What the board should say, if it says something else."""
        now, before = self.board, self.shown
        self.shown = now
        return None if now == before else now


def told() -> tuple[str, str]:
    """The token, and the server's address: the two arguments of each bare bot."""
    _, token, base_url = sys.argv
    return token, base_url


def ready() -> None:
    sys.stderr.write("ready\n")
    sys.stderr.flush()
