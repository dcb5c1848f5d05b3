"""What has to be got from outside: asked for between transactions, never inside one, and taken in by a transaction of its own."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from bot.clock import Clock
from bot.routing.feature import Errand
from bot.routing.routes import Routes
from models.database import Database

log = logging.getLogger(__name__)
AT_ONCE = 8  # things asked for at the same time


class Errands:
    """Runs when it is called, after each sweep; what could not be had is wanted again the next time."""

    def __init__(self, database: Database, routes: Routes, clock: Clock, brought: Callable[[], None]) -> None:
        self.database, self.routes, self.clock, self.brought = database, routes, clock, brought
        self.called = asyncio.Event()

    def call(self) -> None:
        self.called.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.called.wait()
            self.called.clear()
            await self.go()

    async def go(self) -> None:
        for errand in self.routes.errands:
            try:
                await self.do(errand)
            except Exception as fault:
                log.error("an errand failed", extra={"errand": errand.name, "fault": type(fault).__name__})

    async def do(self, errand: Errand) -> None:
        wanted = await self.database.run(errand.wanted, self.clock.now())
        turns = asyncio.Semaphore(AT_ONCE)
        things = defaultdict[Any, list[int]](list)
        for who, what in wanted:
            things[what].append(who)
        await asyncio.gather(*(self.fetch(errand, what, who, turns) for what, who in things.items()))

    async def fetch(self, errand: Errand, what: Any, wanted_by: Iterable[int], turns: asyncio.Semaphore) -> None:
        """One thing, for all who want it. One who cannot take it keeps it from nobody else."""
        async with turns:
            found = await errand.fetch(what, self.routes.house)
        for who in wanted_by:
            try:
                await self.database.run(errand.bring, who, found, self.clock.now(), self.routes.house)
            except Exception as fault:
                log.error("not taken in", extra={"errand": errand.name, "for": who, "fault": type(fault).__name__})
        self.brought()
