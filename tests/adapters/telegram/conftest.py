"""A Bot API server, and a Telegram adapter that listens to it and hands in to an intake in memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from adapters.telegram import TelegramAdapter
from bot.chat.incoming import Ack, ButtonTapped, CommandSent, Received
from tests.support.botapi import BotApi
from tests.support.intake import MemoryIntake


def counted(received: Received) -> Ack | None:
    """Every new press is told that it counts."""
    return Ack("Counted") if isinstance(received.event, ButtonTapped) else None


@dataclass
class Bot:
    """`runs` is one life of the process; the intake survives it, as a database does."""

    server: BotApi
    intake: MemoryIntake = field(default_factory=lambda: MemoryIntake(answers=counted))

    def adapter(self, **settings: Any) -> TelegramAdapter:
        told = {"token": self.server.token, "base_url": self.server.base_url, "base_file_url": self.server.base_file_url}
        return TelegramAdapter(**told | settings)

    @asynccontextmanager
    async def runs(self, **settings: Any) -> AsyncIterator["asyncio.Task[None]"]:
        """Listens until the block ends."""
        adapter = self.adapter(**settings)
        listening = asyncio.create_task(adapter.listen(self.intake))
        try:
            yield listening
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            await adapter.close()


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as running:
        running.polling.conflict_pause = 0.05
        yield running


@pytest.fixture
def bot(server: BotApi) -> Bot:
    return Bot(server)


@pytest.fixture
async def adapter(bot: Bot) -> AsyncIterator[TelegramAdapter]:
    """One that only delivers."""
    made = bot.adapter()
    yield made
    await made.close()


def taken(bot: Bot) -> list[str]:
    return [event.command for event in bot.intake.of(CommandSent)]


async def heard(bot: Bot, count: int) -> list[str]:
    await bot.intake.until(lambda: len(taken(bot)) >= count)
    return taken(bot)


async def polling(server: BotApi) -> None:
    await server.until(lambda: server.polling.waiting)
