"""What may be lost and shall hold nobody up: a bounded number of tasks on the side."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from adapters.matrix.errors import TROUBLE
from bot.chat.adapter import DeliveryFault

log = logging.getLogger(__name__)
MOST = 300  # tasks kept; what comes on top is dropped
AT_ONCE = 4


class Background:
    def __init__(self) -> None:
        self.tasks: set[asyncio.Task[None]] = set()
        self.turn = asyncio.Semaphore(AT_ONCE)

    def start(self, work: Callable[[], Awaitable[Any]]) -> None:
        if len(self.tasks) < MOST:
            task = asyncio.create_task(self.run(work))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def run(self, work: Callable[[], Awaitable[Any]]) -> None:
        try:
            async with self.turn:
                await work()
        except (*TROUBLE, DeliveryFault) as fault:
            log.info("left undone", extra={"fault": type(fault).__name__})
        except Exception as fault:
            log.error("a task on the side failed", extra={"fault": type(fault).__name__})

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
