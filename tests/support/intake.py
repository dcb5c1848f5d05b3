"""An Intake that keeps what it is handed as the real one does, but in memory: each event once, and where to go on from."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Literal, TypeVar

from bot.chat.adapter import Batch, Fetch, Resume
from bot.chat.incoming import Ack, Answer, Incoming, Received, Unreadable

E = TypeVar("E")


class Killed(Exception):
    """The process ended here."""


class MemoryIntake:
    """Survives the adapters that are run against it, as a database does."""

    def __init__(self, wait: float = 20, answers: Callable[[Received], Ack | None] = lambda received: None) -> None:
        self.wait, self.answers = wait, answers
        self.cursor: str | None = None
        self.taken: list[Received] = []
        self.seen: set[str] = set()
        self.waiting: dict[str, Received] = {}
        self.batches: list[Batch] = []
        self.failures: list[str] = []
        self.kill_before_commit = self.kill_after_commit = False
        self.can_commit = asyncio.Event()  # clear it, and the database is locked
        self.can_commit.set()
        self.held = 0  # batches that had to wait for it
        self.changed = asyncio.Condition()

    async def resume(self) -> Resume:
        return Resume(self.cursor, tuple(self.waiting.values()))

    async def fetch(self) -> Fetch:
        return Fetch(self.wait if self.batches else 0, datetime.now(UTC))

    async def take(self, batch: Batch) -> Sequence[Answer]:
        if self.kill_before_commit:
            raise Killed
        if not self.can_commit.is_set():
            await self.wait_for_the_database()
        new = self.commit(batch)
        async with self.changed:
            self.changed.notify_all()
        if self.kill_after_commit:
            raise Killed
        return [Answer(received, self.answers(received) if is_new else None) for received, is_new in new]

    async def wait_for_the_database(self) -> None:
        self.held += 1
        async with self.changed:
            self.changed.notify_all()
        await self.can_commit.wait()

    def commit(self, batch: Batch) -> list[tuple[Received, bool]]:
        """Says of each event whether it had not been seen before."""
        self.batches.append(batch)
        self.cursor = batch.cursor if batch.cursor is not None else self.cursor
        return [(received, self.keep(received)) for received in batch.events]

    def keep(self, received: Received) -> bool:
        if self.seen & set(received.ids):
            return False
        if isinstance(received.event, Unreadable):
            self.waiting.setdefault(received.id, received)
            return False
        self.seen.update(received.ids)
        self.waiting.pop(received.id, None)
        self.taken.append(received)
        return True

    async def failed(self, why: Literal["unreachable", "conflict", "refused"]) -> float:
        self.failures.append(why)
        async with self.changed:
            self.changed.notify_all()
        return 0.02

    @property
    def events(self) -> list[Incoming]:
        return [received.event for received in self.taken if received.event is not None]

    @property
    def faults(self) -> list[str]:
        return [received.fault for received in self.taken if received.fault]

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    async def until(self, passes: Callable[[], object], limit: float = 30) -> None:
        """Wait until what was taken in makes this true."""
        async with asyncio.timeout(limit), self.changed:
            await self.changed.wait_for(lambda: bool(passes()))

    async def until_some(self, kind: type[E], count: int = 1) -> list[E]:
        await self.until(lambda: len(self.of(kind)) >= count)
        return self.of(kind)
