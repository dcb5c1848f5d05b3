"""Listening to one account, whatever happens to it, until the platform itself says that it is over; among others in turn."""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.chat.adapter import Adapter, CannotListen
from bot.delivery.backoff import pause
from bot.routing import ledger
from bot.routing.intake import PlatformIntake
from models.database import Database

if TYPE_CHECKING:
    from bot.sharing import Share  # loads what only PostgreSQL needs

log = logging.getLogger(__name__)
AFTERMATH = timedelta(minutes=1)  # in which a platform may still be answering the process that listened before


class Listening:
    def __init__(self, adapter: Adapter, intake: PlatformIntake, database: Database, share: "Share | None", others: bool) -> None:
        self.adapter, self.intake, self.database, self.share = adapter, intake, database, share
        self.others = others  # whether the bot listens to other accounts besides

    async def run(self) -> None:
        """Until cancelled, or nobody is left to be heard. Raises CannotListen where the operator has to act."""
        failures = 0
        while True:
            try:
                await self.listen()
                if self.share is None:
                    return
            except CannotListen as over:
                await self.note_end(over)
            except ledger.Fenced:
                log.warning("another process listens by now", extra={"account": self.adapter.account})
            except Exception as fault:
                failures += 1
                log.error("listening failed", extra={"platform": self.adapter.platform, "fault": type(fault).__name__})
                await asyncio.sleep(pause(failures))

    async def listen(self) -> None:
        """Returns when our turn is over; where nobody takes turns, when the room is left."""
        if self.share is None:
            await self.adapter.listen(self.intake)
        else:
            await self.listen_in_turn(self.share)

    async def listen_in_turn(self, share: "Share") -> None:
        await share.elected(self.adapter.account)
        over, self.began_at = share.over, self.intake.clock.now()
        if share.leads(self.adapter.account):
            self.intake.fence = await self.database.run(ledger.raise_fence, self.adapter.account)
            await until(over, self.adapter.listen(self.intake))

    async def note_end(self, over: CannotListen) -> None:
        """Raises what only the operator can mend; what ends one of several accounts leaves the others as they are."""
        over.platform = self.adapter.platform
        if over.why == "taken" and self.share is not None and self.intake.clock.now() - self.began_at < AFTERMATH:
            log.warning("somebody else is still listening", extra={"account": self.adapter.account})
            await asyncio.sleep(await self.intake.failed("conflict"))
            return
        log.critical("listening ended", extra={"platform": self.adapter.platform, "why": over.why})
        if over.why == "taken" or not self.intake.listening.is_set() or not self.others:
            raise over
        await asyncio.Event().wait()


async def until(over: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """The work, cut off when it is over."""
    working, waiting = asyncio.create_task(work), asyncio.create_task(over.wait())
    try:
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (working, waiting):
            task.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await settled(working)


async def settled(task: "asyncio.Task[None]") -> None:
    """Its end, whatever it is; raises what it raised."""
    await asyncio.wait({task})
    if not task.cancelled():
        task.result()
