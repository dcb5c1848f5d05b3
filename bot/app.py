"""The wiring: the only module that knows every part."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.chat.adapter import Adapter, Storable
from bot.chat.refs import MessageRef
from bot.clock import Clock
from bot.commons.notes import annotated
from bot.delivery.boards import Rhythm
from bot.delivery.claims import Claims
from bot.delivery.sender import Sender
from bot.features import FEATURES
from bot.listening import Listening
from bot.routing.errands import Errands
from bot.routing.feature import Feature
from bot.routing.horizon import Horizon
from bot.routing.house import House
from bot.routing.intake import PlatformIntake, StoredIntake
from bot.routing.lanes import Lanes
from bot.routing.routes import routes_of
from bot.routing.sweeping import HOUSE, Sweeper
from models.database import Database

if TYPE_CHECKING:
    from bot.sharing import Share  # loads what only PostgreSQL needs

log = logging.getLogger(__name__)
ENDS_WITHIN = 8.5  # seconds of the whole end
FOR_WORDS, FOR_SENDING, FOR_CLOSING = 2.0, 1.3, 0.3  # seconds before that in which, at the latest, each of these has its turn


class Folkmoot:
    """One bot: the platforms it listens to, and one database."""

    def __init__(
        self,
        database: Database,
        adapters: Sequence[Adapter],
        house: House,
        clock: Clock,
        rhythm: Rhythm | None = None,
        features: Sequence[Feature] = FEATURES,
        share: "Share | None" = None,
    ) -> None:
        self.database, self.clock, self.share = database, clock, share
        self.adapters = {adapter.account: adapter for adapter in adapters}
        storable = ((name, each) for name, each in self.adapters.items() if isinstance(each, Storable))
        self.storable = {name: each for name, each in storable if share is not None or each.pushes}
        self.routes = routes_of(features, replace(house, link=self.link))
        self.horizon = Horizon()
        house.watch.platforms = frozenset(self.adapters)
        house.watch.crowded = frozenset(each.platform for each in adapters if each.account != each.platform)
        claims = Claims(lambda: share.worker, lambda: share.workers, self.may_send) if share else None
        self.sender = Sender(database, self.adapters, annotated(self.routes.boards), clock, rhythm, claims)
        self.sweeper = Sweeper(database, self.routes, clock, self.horizon, frozenset(self.adapters), self.swept, share)
        self.prepared = asyncio.Event()
        self.lanes = Lanes(
            database, self.storable, self.routes, clock, self.horizon, self.committed, lambda: self.tell_others("stored")
        )
        self.errands = Errands(database, self.routes, clock, self.sender.wake)
        self.intakes = {account: self.intake_of(adapter) for account, adapter in self.adapters.items()}
        if share is not None:
            share.bells |= {"stored": self.lanes.wake, "said": self.sender.wake}
            share.changed = self.look_again

    def intake_of(self, adapter: Adapter) -> PlatformIntake:
        own = (adapter.account, adapter.keeps_taps_for, self.routes, self.database, self.clock, self.horizon, self.committed)
        return StoredIntake(*own, stored=self.lanes.wake) if adapter.account in self.storable else PlatformIntake(*own)

    def link(self, ref: MessageRef) -> str | None:
        """The address of a message; None also on a platform that this bot does not listen to any more."""
        there = next((each for each in self.adapters.values() if each.platform == ref.chat.platform), None)
        return there.link(ref) if there else None

    def may_send(self, account: str) -> bool:
        """Some platforms are spoken to where they are listened to: what opens their rooms is kept there."""
        return account in self.storable or self.leads(account)

    def leads(self, turn: str) -> bool:
        return self.share is None or self.share.leads(turn)

    def tell_others(self, what: str) -> None:
        if self.share is not None:
            self.share.ring(what)

    def look_again(self) -> None:
        """Another process has gone, and left what it had in hand."""
        self.lanes.wake()
        self.sender.wake()

    def committed(self) -> None:
        """Something was taken in: it may have been promised an answer, or be what a deadline waited for."""
        self.sender.wake_if_promised()
        self.tell_others("said")
        self.sweeper.set_alarm()

    def swept(self) -> None:
        """What came due may have promised something, and may need something from outside."""
        self.sender.wake()
        self.tell_others("said")
        if self.leads(HOUSE):
            self.errands.call()

    async def run(self, ready: Callable[[], None]) -> None:
        """Until cancelled. Raises CannotListen when a platform refuses from the start, or when none is left."""
        sharing = asyncio.create_task(self.share.run() if self.share else asyncio.Event().wait())
        if self.share is not None:
            await self.share.at_work.wait()
        await self.sender.recover()
        sending = asyncio.create_task(self.sender.run())
        sweeping = asyncio.create_task(self.sweeper.run())
        fetching = asyncio.create_task(self.errands.run())
        listening = [asyncio.create_task(self.listen(adapter)) for adapter in self.adapters.values()]
        working = [asyncio.create_task(each) for each in (self.work_off(), *map(self.receive, self.storable))]
        greeting = asyncio.create_task(self.say_ready(ready))
        try:
            await ended(*listening, *working, sending, sweeping, fetching)
        finally:
            await self.end(sending, greeting, sweeping, fetching, *working, *listening)
            sharing.cancel()
            await asyncio.gather(sharing, return_exceptions=True)

    async def end(self, sending: "asyncio.Task[None]", *others: "asyncio.Task[None]") -> None:
        """First what is in hand is taken, then said what that promised. What is not done in time is cut off, and comes again."""
        end = asyncio.get_running_loop().time() + ENDS_WITHIN
        await stop(*others, until=end - FOR_WORDS)
        if not sending.done():
            await self.say_last_words(end - FOR_SENDING)
        await stop(sending, until=end - FOR_CLOSING)
        closing = [asyncio.create_task(adapter.close()) for adapter in self.adapters.values()]
        await asyncio.wait(closing, timeout=FOR_CLOSING)
        await stop(*closing, until=end)

    async def say_last_words(self, until: float) -> None:
        """What is promised and may go at once."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                await self.sender.until_quiet()

    async def say_ready(self, ready: Callable[[], None]) -> None:
        await self.prepared.wait()
        if self.share is None:
            await asyncio.gather(*(intake.listening.wait() for intake in self.intakes.values()))
        ready()

    async def listen(self, adapter: Adapter) -> None:
        intake = self.intakes[adapter.account]
        await Listening(adapter, intake, self.database, self.share, others=len(self.adapters) > 1).run()

    async def work_off(self) -> None:
        """What is stored, once it can be read."""
        await asyncio.gather(*(each.prepare(self.intakes[account]) for account, each in self.storable.items()))
        self.prepared.set()
        await self.lanes.run()

    async def receive(self, account: str) -> None:
        """What the platform brings to us."""
        intake = self.intakes[account]
        assert isinstance(intake, StoredIntake)
        await self.storable[account].receive(intake.keep)

    async def settle(self) -> None:
        """Do what is due and send what may go at this instant: for rooms whose clock stands still."""
        await self.sweeper.sweep()
        await self.errands.go()
        await self.sender.flush()


async def ended(*tasks: asyncio.Task[None]) -> None:
    """Until the first of them ends; raises what it raised."""
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()


async def stop(*tasks: "asyncio.Task[None]", until: float) -> None:
    """Returns when they have ended, or at that instant of the loop's time."""
    for task in tasks:
        task.cancel()
    left = until - asyncio.get_running_loop().time()
    ended, stubborn = await asyncio.wait(tasks, timeout=max(left, 0))
    await asyncio.gather(*ended, return_exceptions=True)
    if stubborn:
        log.error("not everything ended in time", extra={"tasks": len(stubborn)})
