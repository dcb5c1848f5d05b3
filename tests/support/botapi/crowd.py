"""Many who press the buttons of one board: each waits for the answer, and then presses again."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from itertools import cycle

from tests.support.botapi.people import Person
from tests.support.botapi.state import Json, Post

PATIENCE = 60.0  # seconds that somebody waits for an answer


class Crowd:
    """All press at once; each changes their mind with each press."""

    def __init__(self, people: Sequence[Person], post: Post, labels: Sequence[str]) -> None:
        self.people, self.post, self.labels = people, post, labels
        self.waited: list[float] = []  # seconds from each press to its answer
        self.unanswered = 0

    async def presses(self, taps: int) -> Json:
        """So many presses in all. Gives the seconds that it took, and what each had to wait."""
        turns = iter(range(taps))
        began = time.perf_counter()
        await asyncio.gather(*(self.one_by_one(person, turns) for person in self.people))
        return {"seconds": time.perf_counter() - began, "waited": self.waited, "unanswered": self.unanswered}

    async def one_by_one(self, person: Person, turns: Iterator[int]) -> None:
        for label, _ in zip(cycle(self.labels), turns, strict=False):
            await self.press(person, label)

    async def press(self, person: Person, label: str) -> None:
        began = time.perf_counter()
        tap = person.taps(self.post, label)
        tap.answered = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(PATIENCE):
                await tap.answered
            self.waited.append(time.perf_counter() - began)
        except TimeoutError:
            self.unanswered += 1
