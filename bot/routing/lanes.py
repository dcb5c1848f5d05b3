"""Working off what is stored: whichever process comes to a lane first; within a lane in order, one at a time."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.chat.adapter import Storable
from bot.chat.incoming import Answer, Received
from bot.clock import Clock
from bot.delivery.backoff import pause
from bot.delivery.sender import wait_at_most
from bot.routing import early, storing
from bot.routing.horizon import Horizon
from bot.routing.routes import Routes
from bot.routing.taking import take_all
from models import ArrivalRow
from models.database import Database

log = logging.getLogger(__name__)
LOOK_AROUND = 5.0  # seconds, should no word of news have come
HANDS = 6  # lanes that one process works off side by side


@dataclass(frozen=True, slots=True)
class Done:
    account: str
    answers: Sequence[Answer]
    rests: bool = False  # nothing yet: it is looked at again soon


class Lanes:
    """Wakes when something was stored, here or elsewhere. Whoever finds a lane calls for one more hand."""

    def __init__(
        self,
        database: Database,
        readers: Mapping[str, Storable],
        routes: Routes,
        clock: Clock,
        horizon: Horizon,
        worked_off: Callable[[], None],
        too_much: Callable[[], None] = lambda: None,
    ) -> None:
        self.database, self.readers, self.routes, self.clock = database, readers, routes, clock
        self.horizon, self.worked_off, self.too_much = horizon, worked_off, too_much
        self.most = 1 if database.one_writer else HANDS
        self.hands: set[asyncio.Task[None]] = set()
        self.news = asyncio.Event()
        self.stopped = False
        self.resting = frozenset[int]()  # lanes in which something is said about a message that is just being sent

    def wake(self) -> None:
        self.news.set()

    async def run(self) -> None:
        """Until cancelled; what is in hand is worked off first."""
        try:
            while True:
                self.news.clear()
                self.call_one_more()
                await wait_at_most(self.news, LOOK_AROUND)
        finally:
            self.stopped = True
            await asyncio.gather(*self.hands, return_exceptions=True)

    def call_one_more(self) -> None:
        """Here, or where there are hands left."""
        if len(self.hands) >= self.most:
            self.too_much()
        elif not self.stopped:
            hand = asyncio.create_task(self.work_off())
            self.hands.add(hand)
            hand.add_done_callback(self.hands.discard)

    async def work_off(self) -> None:
        """Lane after lane, until none is left that nobody is at."""
        failures = 0
        while not self.stopped:
            try:
                if not await self.work_off_one():
                    return
                failures = 0
            except DBAPIError as fault:
                failures += 1
                log.error("lanes wait for the database", extra={"fault": type(fault).__name__})
                await asyncio.sleep(pause(failures))

    async def work_off_one(self) -> bool:
        more = partial(asyncio.get_running_loop().call_soon_threadsafe, self.call_one_more)
        done = await self.database.run(self.worked, more)
        if done is None:
            return False
        if done.rests:
            asyncio.get_running_loop().call_later(early.GLANCE, self.rest_is_over)
            return True
        self.readers[done.account].acknowledge(done.answers)
        self.routes.house.watch.note(done.account, done.answers)
        self.worked_off()
        return True

    def rest_is_over(self) -> None:
        self.resting = frozenset()
        self.call_one_more()

    def worked(self, db: Session, more: Callable[[], object] = lambda: None) -> Done | None:
        """A lane's events and their effects, in one transaction; None where nobody is needed."""
        lane = storing.claim(db, tuple(self.readers), self.resting)
        if lane is None:
            return None
        more()
        arrivals = storing.next_in(db, lane)
        came, now = list(map(self.read, arrivals)), self.clock.now()
        lately = [each for each, arrival in zip(came, arrivals, strict=True) if abs(now - arrival.arrived_at) < early.PATIENCE]
        if (about := early.pointing(lately)) and early.is_early(db, about):
            self.resting |= {lane.id}
            return Done(lane.account, (), rests=True)
        answers = take_all(db, self.routes, lane.account, came, now)
        storing.drop(db, arrivals)
        self.horizon.look_after(db, self.routes.sweeps, self.database.traffic)
        return Done(lane.account, answers)

    def read(self, arrival: ArrivalRow) -> Received:
        """As it was read when it came."""
        names = tuple(arrival.names)
        try:
            return self.readers[arrival.account].read(arrival.raw, names)
        except Exception as fault:
            return Received(names, arrival.raw, fault=type(fault).__name__)
