"""The wiring: the only module that knows every part."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.chat.adapter import Adapter, CannotListen
from bot.chat.refs import MessageRef
from bot.clock import Clock
from bot.commons.notes import annotated
from bot.delivery.backoff import pause
from bot.delivery.boards import Rhythm
from bot.delivery.sender import Sender
from bot.features import FEATURES
from bot.routing.errands import Errands
from bot.routing.feature import Feature
from bot.routing.horizon import Horizon
from bot.routing.house import House
from bot.routing.intake import PlatformIntake
from bot.routing.routes import routes_of
from bot.routing.sweeping import Sweeper
from models.database import Database

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
    ) -> None:
        self.database, self.clock = database, clock
        self.adapters = {adapter.platform: adapter for adapter in adapters}
        self.routes = routes_of(features, replace(house, link=self.link))
        self.horizon = Horizon()
        house.watch.platforms = frozenset(self.adapters)
        self.sender = Sender(database, self.adapters, annotated(self.routes.boards), clock, rhythm)
        self.sweeper = Sweeper(database, self.routes, clock, self.horizon, frozenset(self.adapters), self.swept)
        self.errands = Errands(database, self.routes, clock, self.sender.wake)
        self.intakes = {platform: self.intake_of(adapter) for platform, adapter in self.adapters.items()}

    def intake_of(self, adapter: Adapter) -> PlatformIntake:
        return PlatformIntake(
            adapter.platform, adapter.keeps_taps_for, self.routes, self.database, self.clock, self.horizon, self.committed
        )

    def link(self, ref: MessageRef) -> str | None:
        """The address of a message; None also on a platform that this bot does not listen to any more."""
        return self.adapters[ref.chat.platform].link(ref) if ref.chat.platform in self.adapters else None

    def committed(self) -> None:
        """Something was taken in: it may have been promised an answer, or be what a deadline waited for."""
        self.sender.wake()
        self.sweeper.set_alarm()

    def swept(self) -> None:
        """What came due may have promised something, and may need something from outside."""
        self.sender.wake()
        self.errands.call()

    async def run(self, ready: Callable[[], None]) -> None:
        """Until cancelled. Raises CannotListen when a platform refuses from the start, or when none is left."""
        await self.sender.recover()
        sending = asyncio.create_task(self.sender.run())
        sweeping = asyncio.create_task(self.sweeper.run())
        fetching = asyncio.create_task(self.errands.run())
        listening = [asyncio.create_task(self.listen(adapter)) for adapter in self.adapters.values()]
        greeting = asyncio.create_task(self.say_ready(ready))
        try:
            await ended(*listening, sending, sweeping, fetching)
        finally:
            await self.end(sending, greeting, sweeping, fetching, *listening)

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
        await asyncio.gather(*(intake.listening.wait() for intake in self.intakes.values()))
        ready()

    async def listen(self, adapter: Adapter) -> None:
        """Listening goes on whatever happens to it, until the platform itself says that it is over."""
        intake, failures = self.intakes[adapter.platform], 0
        while True:
            try:
                return await adapter.listen(intake)
            except CannotListen as over:
                over.platform = adapter.platform
                log.critical("listening ended", extra={"platform": adapter.platform, "why": over.why})
                if over.why == "taken" or not intake.listening.is_set() or len(self.adapters) == 1:
                    raise
                await asyncio.Event().wait()
            except Exception as fault:
                failures += 1
                log.error("listening failed", extra={"platform": adapter.platform, "fault": type(fault).__name__})
                await asyncio.sleep(pause(failures))

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
