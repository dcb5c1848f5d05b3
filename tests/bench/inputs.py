"""`python -m tests.bench.inputs`: what each bad input costs through each door, in milliseconds of CPU."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.chat import incoming as said
from tests.faults.busy import settle_in
from tests.faults.doors import DOORS
from tests.faults.texts import NASTY
from tests.support.moot import Moot, furnish

WORST = 12  # that are named
GOAL = 50.0  # milliseconds


@dataclass(frozen=True, order=True)
class Cost:
    """Of one event: taken in, handled, and its answer sent to a room in memory."""

    milliseconds: float
    door: str
    text: str


class Timed(Moot):
    """Measures each event that is handed in by itself: some doors have many."""

    def __init__(self, url: str) -> None:
        self.spent: list[float] = []
        super().__init__(url)

    def hand(self, event: said.Incoming, ids: tuple[str, ...] | None = None) -> said.Ack | None:
        began = time.process_time()
        ack = super().hand(event, ids)
        self.spent.append((time.process_time() - began) * 1000)
        return ack


def main(every: int = 1) -> None:
    """`every`: only each so-manieth text."""
    with tempfile.TemporaryDirectory() as folder:
        costs = sorted(cost for name in list(NASTY)[::every] for cost in costs_of(Path(folder), name))
    told = ", ".join(f"p{share:g} {costs[int(len(costs) * share / 100)].milliseconds:.1f}" for share in (50, 95, 99, 99.9))
    over = sum(cost.milliseconds > GOAL for cost in costs)
    print(f"{len(costs):,} events through {len(DOORS)} doors; ms of CPU each: {told}; {over} over {GOAL:g}; the worst:")
    for cost in costs[-WORST:]:
        print(f"  {cost.milliseconds:7.1f}  {cost.door}  ←  {cost.text}")


def costs_of(folder: Path, name: str) -> Iterator[Cost]:
    url = f"sqlite:///{folder / 'moot.sqlite'}"
    furnish(url)
    with closing(Timed(url)) as bot:
        settle_in(bot)
        for door, come_in in DOORS.items():
            bot.spent.clear()
            come_in(bot, NASTY[name])
            yield from (Cost(spent, door, name) for spent in bot.spent)
    Path(url.removeprefix("sqlite:///")).unlink()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
