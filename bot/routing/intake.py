"""Taking in what a platform brings: each event once, its effects and its seen mark in one transaction, then the answer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from math import ceil
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from bot.chat.adapter import Batch, Fetch, Resume
from bot.chat.incoming import Answer, ChatMoved, Received
from bot.clock import Clock
from bot.delivery.backoff import pause
from bot.routing import early, ledger, storing
from bot.routing.horizon import Horizon
from bot.routing.routes import Routes
from bot.routing.taking import take_all
from models.database import Database

log = logging.getLogger(__name__)
LONGEST_WAIT = 20  # seconds of one look at a platform, so that the heartbeat goes on
LONGEST_AMONG_OTHERS = 5  # where another process may have set a deadline meanwhile
P = ParamSpec("P")
T = TypeVar("T")


class PlatformIntake:
    """What one adapter hands its events to."""

    def __init__(
        self,
        platform: str,
        keeps_taps_for: timedelta | None,
        routes: Routes,
        database: Database,
        clock: Clock,
        horizon: Horizon,
        committed: Callable[[], None],
    ) -> None:
        self.platform, self.keeps_taps_for, self.routes = platform, keeps_taps_for, routes
        self.database, self.clock, self.horizon, self.committed = database, clock, horizon, committed
        self.fence: int | None = None  # where processes take turns in listening: the number of ours
        self.failures = 0
        self.trouble = ""  # why the last fetch failed; empty while all is well
        self.listening = asyncio.Event()  # set by the first batch
        self.drained_at: datetime | None = None
        self.glance: Callable[[], Awaitable[None]] = partial(asyncio.sleep, early.GLANCE)

    async def resume(self) -> Resume:
        return await self.until_done(ledger.resume, self.platform)

    async def fetch(self) -> Fetch:
        now = self.clock.now()
        return Fetch(self.patience(now) if self.listening.is_set() else 0.0, now)

    def patience(self, now: datetime) -> float:
        """Whole seconds to wait for news: until the next deadline, and not at all while one waits for our word."""
        due, longest = self.horizon.next_due, LONGEST_WAIT if self.fence is None else LONGEST_AMONG_OTHERS
        if due is None:
            return longest
        left = (due - now).total_seconds()
        if left > 0:
            return min(longest, ceil(left))
        return 0 if self.drained_at is None or self.drained_at < due else 1

    async def take(self, batch: Batch) -> Sequence[Answer]:
        if self.database.one_writer:
            await self.until_noted(batch.events)
            answers = await self.until_done(self.take_all, batch)
        else:
            await self.until_done(self.note_gap, batch)
            lanes = await asyncio.gather(*(self.take_lane(lane) for lane in lanes_of(batch.events)))
            answers = in_order(batch.events, chain.from_iterable(lanes))
            await self.until_done(self.close, batch)
        self.heard(batch)
        self.routes.house.watch.note(self.platform, answers)
        return answers

    async def take_lane(self, events: Sequence[Received]) -> list[Answer]:
        await self.until_noted(events)
        return await self.until_done(self.work_off, events)

    async def until_noted(self, events: Iterable[Received]) -> None:
        """Nobody waits long for it, and no transaction is open meanwhile."""
        if about := early.pointing(events):
            for _ in range(early.GLANCES):
                if not await self.until_done(early.is_early, about):
                    return
                await self.glance()

    def heard(self, batch: Batch) -> None:
        self.failures, self.trouble = 0, ""
        if batch.drained:
            self.drained_at = batch.fetch.began_at
        self.listening.set()
        self.committed()

    def take_all(self, db: Session, batch: Batch) -> list[Answer]:
        """In one transaction, where there can be but one at a time."""
        self.note_gap(db, batch)
        answers = self.work_off(db, batch.events)
        self.close(db, batch)
        return answers

    def note_gap(self, db: Session, batch: Batch) -> None:
        keeps_for = timedelta() if batch.lost else self.keeps_taps_for
        ledger.note_gap(db, self.routes, self.platform, keeps_for, batch.fetch.began_at)

    def work_off(self, db: Session, events: Iterable[Received]) -> list[Answer]:
        now = self.clock.now()
        return take_all(db, self.routes, self.platform, events, now)

    def close(self, db: Session, batch: Batch) -> None:
        ledger.close_batch(db, self.platform, batch, self.clock.now())
        if batch.events:
            self.horizon.look_after(db, self.routes.sweeps, self.database.traffic)

    async def failed(self, why: Literal["unreachable", "conflict", "refused"]) -> float:
        self.failures += 1
        self.trouble = why
        log.warning("platform not heard", extra={"platform": self.platform, "why": why, "failures": self.failures})
        return pause(self.failures)

    async def until_done(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """A transaction, tried until the database takes it: nobody is told "counted" before that."""
        tries = 0
        while True:
            try:
                return await self.database.run(self.fenced(work), *args, **kwargs)
            except (OperationalError, InterfaceError) as fault:
                tries += 1
                log.error("intake waits for the database", extra={"fault": type(fault).__name__, "platform": self.platform})
                await asyncio.sleep(pause(tries))

    def fenced(self, work: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
        """The work, unless another process listens by now: then it raises Fenced."""

        def checked(db: Session, *args: P.args, **kwargs: P.kwargs) -> T:
            assert self.fence is not None
            ledger.check_fence(db, self.platform, self.fence)
            return work(db, *args, **kwargs)

        return work if self.fence is None else checked


class StoredIntake(PlatformIntake):
    """Stores what it is handed, for whichever process works it off."""

    def __init__(self, *args: Any, stored: Callable[[], None]) -> None:
        super().__init__(*args)
        self.stored = stored

    async def take(self, batch: Batch) -> Sequence[Answer]:
        await self.until_done(self.store, batch)
        self.heard(batch)
        if batch.events:
            self.stored()
        return ()

    def store(self, db: Session, batch: Batch) -> None:
        self.note_gap(db, batch)
        storing.store(db, self.platform, batch.events, self.clock.now())
        ledger.close_stored(db, self.platform, batch, self.clock.now())

    async def keep(self, events: Sequence[Received]) -> None:
        """What the platform pushes, to any process. Raises what the database does: the platform will call again."""
        await self.database.run(storing.store, self.platform, events, self.clock.now())
        self.stored()


def lanes_of(events: Iterable[Received]) -> list[list[Received]]:
    """The events of each chat, in order; the order between chats does not matter, unless one becomes another."""
    events = list(events)
    if any(isinstance(received.event, ChatMoved) for received in events):
        return [events]
    lanes: dict[str, list[Received]] = {}
    for received in events:
        chat = received.event.origin.chat.id if received.event else ""
        lanes.setdefault(chat, []).append(received)
    return list(lanes.values())


def in_order(events: Iterable[Received], answers: Iterable[Answer]) -> list[Answer]:
    """The answers as their events came."""
    places = {id(received): place for place, received in enumerate(events)}
    return sorted(answers, key=lambda answer: places[id(answer.received)])
