"""Whose message goes next on a platform that takes one at a time: who was asked something waits for no crowd of reminders."""

import asyncio
import contextlib
from collections.abc import AsyncIterator


class Turns:
    """One lane at a time; first those in `hurried`, then in the order in which they came."""

    def __init__(self, hurried: set[int]) -> None:
        self.hurried, self.taken = hurried, False
        self.waiting: dict[int, asyncio.Future[None]] = {}

    @contextlib.asynccontextmanager
    async def of(self, chat: int) -> AsyncIterator[None]:
        if self.taken:
            await self.wait(chat)
        self.taken = True
        try:
            yield
        finally:
            self.pass_on()

    async def wait(self, chat: int) -> None:
        mine = self.waiting[chat] = asyncio.get_running_loop().create_future()
        try:
            await mine
        except asyncio.CancelledError:
            self.waiting.pop(chat, None)
            if not mine.cancelled():  # it had just been given to us
                self.pass_on()
            raise

    def pass_on(self) -> None:
        self.waiting = {chat: other for chat, other in self.waiting.items() if not other.done()}
        self.taken = bool(self.waiting)
        if self.taken:
            first = next(iter(self.waiting))
            self.waiting.pop(next((chat for chat in self.waiting if chat in self.hurried), first)).set_result(None)
