"""A bot that really runs: its own loop of listening, sending and sweeping, on the machine's clock."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.app import Folkmoot
from bot.chat.adapter import Adapter
from bot.clock import SystemClock
from bot.delivery.boards import Rhythm
from bot.features import FEATURES
from bot.routing.feature import Feature
from bot.routing.house import House
from models.database import Database
from tests.conformance.places import LIMIT, Place

BRISKLY = Rhythm(timedelta(seconds=0.05), timedelta(seconds=0.2))
START = 40.0  # seconds in which a bot must be ready


@asynccontextmanager
async def serving(
    url: str,
    *adapters: Adapter,
    features: Sequence[Feature] = FEATURES,
    clock: SystemClock | None = None,
    rhythm: Rhythm = BRISKLY,
) -> AsyncIterator[Folkmoot]:
    """From ready to stopped. What ends it early is raised. `clock`: one that the story turns forward."""
    database, ready = Database(url), asyncio.Event()
    bot = Folkmoot(database, adapters, House("test"), clock or SystemClock(), rhythm, features)
    running = asyncio.create_task(bot.run(ready.set))
    try:
        async with asyncio.timeout(START):
            waiting = asyncio.create_task(ready.wait())
            await asyncio.wait({waiting, running}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
        if running.done():
            running.result()
        yield bot
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        database.close()


async def later(bot: Folkmoot, clock: SystemClock, place: Place, who: str, **time: float) -> None:
    """The clock is turned, this room is heard after that, and what has come due is done."""
    clock.advance(timedelta(**time))
    now = clock.now()
    await place.says(who, f"{place.prefix}who")
    (intake,) = bot.intakes.values()
    async with asyncio.timeout(LIMIT):
        while (intake.drained_at or now - timedelta(days=1)) < now:
            await asyncio.sleep(0.02)
    await bot.sweeper.sweep()
