"""The sender: one lane for each chat, in order; a chat that must wait holds back nobody else."""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.chat.adapter import Adapter, DeliveryFault, Moved, OutcomeUnknown, TryLater, Undeliverable
from bot.clock import Clock
from bot.delivery import lane
from bot.delivery.backoff import SHORTEST, SPARE, Pace, Spacing, pause
from bot.delivery.boards import Faces, Rhythm
from bot.delivery.claims import Claims
from bot.delivery.lane import Rest, Task
from bot.delivery.turns import Turns
from models import PromiseRow
from models.database import Database

log = logging.getLogger(__name__)
LOOK_AROUND, LOOK_AT_OTHERS = 30.0, 5.0  # seconds
GLANCE = 0.02  # seconds
SOON = 4  # a board whose first change waits for a second is looked at this often meanwhile
LAST_WORDS = 5.0  # seconds given at the end to what is being sent
PROMISES = PromiseRow.__tablename__
P = ParamSpec("P")
T = TypeVar("T")


class Sender:
    """Sends what is promised and redraws what is stale, through the adapters of the platforms that are on."""

    def __init__(
        self,
        database: Database,
        adapters: Mapping[str, Adapter],
        faces: Faces,
        clock: Clock,
        rhythm: Rhythm | None = None,
        claims: Claims | None = None,
    ) -> None:
        self.database, self.adapters, self.faces, self.clock = database, adapters, faces, clock
        self.claims = claims  # None: nobody else speaks
        self.next_task = claims.next_task if claims else lane.next_task
        self.rhythm = rhythm or Rhythm()
        self.lanes: dict[int, asyncio.Task[None]] = {}
        self.accounts: dict[int, str] = {}  # of each lane; another one may come to have the chat
        self.calls: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)
        self.paces: dict[int, Pace] = {}
        self.failures: defaultdict[int, int] = defaultdict(int)  # in a row, of a lane whose platform is out of reach
        self.spacings: defaultdict[str, Spacing] = defaultdict(Spacing)
        self.hurried: set[int] = set()  # lanes in which somebody waits for an answer
        self.turns: defaultdict[str, Turns] = defaultdict(lambda: Turns(self.hurried))
        self.news = asyncio.Event()
        self.promised = 0  # how often anything was, before the last look around
        self.later: asyncio.TimerHandle | None = None
        self.busy: set[int] = set()  # lanes that are not resting
        self.leaving: set[int] = set()  # chats that are just being left to other processes
        self.looking = self.closing = False

    def wake(self) -> None:
        """Something may have been promised or touched, or the clock has been turned."""
        if self.later is not None:
            self.later.cancel()
            self.later = None
        self.news.set()

    def wake_if_promised(self) -> None:
        """Something was committed. If it promised nothing, boards at most were touched, and these have a rhythm of their own."""
        if self.database.traffic.counts[PROMISES] != self.promised:
            self.wake()
        elif self.later is None:
            self.later = asyncio.get_running_loop().call_later(self.rhythm.first.total_seconds() / SOON, self.wake)

    async def recover(self) -> None:
        """Before the first sending: whatever the last run was sending has an unknown outcome."""
        if self.claims is None:
            await self.persist(lane.recover, self.clock.now())

    async def run(self) -> None:
        """Until cancelled; a sending that is under way is given its time to come back."""
        self.closing = False
        try:
            while True:
                await self.look_around()
                await wait_at_most(self.news, LOOK_AROUND if self.claims is None else LOOK_AT_OTHERS)
        finally:
            await self.close_lanes()

    async def look_around(self) -> None:
        self.looking = True
        await self.let_go()
        self.news.clear()
        self.promised = self.database.traffic.counts[PROMISES]
        work, hurried = await self.persist(self.lanes_with_work)
        self.hurried |= hurried
        for chat, account in work.items():
            self.open_lane(chat, account)
        self.looking = False

    def lanes_with_work(self, db: Session) -> tuple[dict[int, str], set[int]]:
        """Chats and their accounts; and the chats with answers among it."""
        lanes = self.claims.lanes if self.claims else lane.lanes_with_work
        work = lanes(db, tuple(self.adapters))
        return work, lane.lanes_with_answers(db) if work else set()

    async def let_go(self) -> None:
        """Other processes may have the chats in which nothing was said for a while; until then their pace is ours to know."""
        if self.claims is None:
            return
        now = self.clock.now()
        self.leaving = {chat for chat, pace in self.paces.items() if chat not in self.lanes and pace.is_over(now)}
        if self.leaving:
            await self.persist(self.claims.let_go, self.leaving)
        for chat in self.leaving:
            del self.paces[chat]
        self.leaving = set()

    def open_lane(self, chat: int, account: str) -> None:
        self.accounts[chat] = account
        self.calls[chat].set()
        self.busy.add(chat)
        if chat not in self.lanes:
            self.lanes[chat] = asyncio.create_task(self.work_lane(chat))

    async def close_lanes(self) -> None:
        """Each lane ends after what it has in hand: what is marked as being sent is sent."""
        self.closing = True
        for call in self.calls.values():
            call.set()
        if self.lanes:
            await asyncio.wait(self.lanes.values(), timeout=LAST_WORDS)
        for task in self.lanes.values():
            task.cancel()
        await asyncio.gather(*self.lanes.values(), return_exceptions=True)
        self.lanes.clear()
        self.busy.clear()

    async def work_lane(self, chat: int) -> None:
        """Send until nothing is left; sleep while the lane must rest. Nothing is awaited between the last look and leaving."""
        call = self.calls[chat]
        while not self.closing:
            call.clear()
            rest = await self.empty_or_rest(chat, self.accounts[chat])
            if rest is not None:
                await wait_at_most(call, (rest - self.clock.now()).total_seconds())
            elif not call.is_set():
                break
        del self.lanes[chat], self.calls[chat], self.accounts[chat]

    async def empty_or_rest(self, chat: int, account: str) -> datetime | None:
        self.busy.add(chat)
        try:
            return await self.empty(chat, account)
        except Exception as fault:
            log.error("a lane cannot go on", extra={"chat": chat, "fault": type(fault).__name__})
            return self.clock.now() + timedelta(seconds=LOOK_AROUND)
        finally:
            if not self.calls[chat].is_set():
                self.busy.discard(chat)

    async def until_quiet(self) -> None:
        """Until every lane rests: what may go at once has gone."""
        self.wake()
        while self.news.is_set() or self.looking or self.busy:  # noqa: ASYNC110 (three conditions, looked at rarely)
            await asyncio.sleep(GLANCE)

    async def flush(self) -> None:
        """Send all that may go at this instant, once through every lane: instead of `run`, where the clock stands still."""
        work, _ = await self.persist(self.lanes_with_work)
        for chat, account in work.items():
            await self.empty(chat, account)

    async def empty(self, chat: int, account: str) -> datetime | None:
        """Send until the lane rests; returns until when."""
        while not self.closing:
            now = self.clock.now()
            free_at, board_room = self.room(chat, now)
            if free_at > now:
                return free_at
            step = await self.next_step(chat, account, board_room)
            if isinstance(step, Task):
                await self.send(step, chat, account)
            elif step.until is None or step.until > now:
                return step.until
        return None

    async def next_step(self, chat: int, account: str, board_room: datetime) -> Task | Rest:
        """Nothing is marked as being sent before it may go: who dies waiting for a slot leaves no doubt behind."""
        if self.adapters[account].messages_a_minute is None:
            return await self.persist(self.next_task, chat, account, self.clock.now(), self.faces, self.rhythm, board_room)
        spacing = self.spacings[account]
        async with self.turns[account].of(chat):
            await asyncio.sleep(spacing.wait(asyncio.get_running_loop().time(), self.claims.workers() if self.claims else 1))
            if self.closing:
                return Rest(None)
            step = await self.persist(self.next_task, chat, account, self.clock.now(), self.faces, self.rhythm, board_room)
            if isinstance(step, Rest):
                self.hurried.discard(chat)
                spacing.give_back()
        return step

    def room(self, chat: int, now: datetime) -> tuple[datetime, datetime]:
        pace = self.paces.get(chat)
        return (pace.free_at(now), pace.free_at(now, SPARE)) if pace else (now, now)

    async def send(self, task: Task, chat: int, account: str) -> None:
        """One try, and its outcome written down whatever it was."""
        adapter = self.adapters[account]
        self.paces.setdefault(chat, Pace(adapter.messages_a_minute)).note(self.clock.now())
        try:
            ref = await adapter.deliver(task.delivery)
        except DeliveryFault as fault:
            await self.note_fault(task, chat, account, fault)
        except Exception as fault:
            log.error("an adapter failed while sending", extra={"platform": adapter.platform, "fault": type(fault).__name__})
            await self.note_fault(task, chat, account, OutcomeUnknown(repeatable=False))
        else:
            self.failures.pop(chat, None)
            await self.persist(lane.arrived, task, ref, self.clock.now())

    async def note_fault(self, task: Task, chat: int, account: str, fault: DeliveryFault) -> None:
        now = self.clock.now()
        match fault:
            case TryLater(seconds=seconds, everywhere=everywhere):
                self.failures[chat] += everywhere
                wait = max(seconds, pause(self.failures[chat]) if everywhere else SHORTEST)
                await self.persist(lane.to_be_tried_later, task, chat, now + timedelta(seconds=wait))
            case OutcomeUnknown(repeatable=repeatable):
                await self.persist(lane.outcome_unknown, task, repeatable, now)
            case Undeliverable(why=why):
                log.warning("undeliverable", extra={"platform": task.delivery.chat.platform, "why": why})
                await self.persist(lane.undeliverable, task, chat, account, why, now)
            case Moved(to=to):
                await self.persist(lane.moved, task, chat, to)

    async def persist(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """A transaction that is tried until the database takes it: what was sent must be known as sent."""
        tries = 0
        while True:
            try:
                return await self.database.run(work, *args, **kwargs)
            except DBAPIError as fault:
                tries += 1
                log.error("outbox waits for the database", extra={"fault": type(fault).__name__})
                await asyncio.sleep(pause(tries))


async def wait_at_most(event: asyncio.Event, seconds: float) -> None:
    """Not by `asyncio.wait_for`: it forgets a cancellation that comes together with the event (until Python 3.12)."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(max(seconds, 0.001)):
            await event.wait()
