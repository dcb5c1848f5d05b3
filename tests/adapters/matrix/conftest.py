"""A Matrix bot on a real Synapse, with people around it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from adapters.matrix import MatrixAdapter
from bot.chat.adapter import Delivery, DeliveryFault, TryLater
from bot.chat.message import Message
from bot.chat.refs import ChatRef, MessageRef
from tests.support.intake import MemoryIntake
from tests.support.synapse import Account, Synapse, synapse

__all__ = ["synapse"]


@dataclass
class Bot:
    """One account with its store and what its intake keeps; `runs` is one life of the process."""

    account: Account
    store: Path
    intake: MemoryIntake = field(default_factory=MemoryIntake)
    allow: tuple[str, ...] = ("*",)
    ops: int = 0
    listening: asyncio.Task[None] = field(init=False)

    @property
    def id(self) -> str:
        return self.account.user_id

    def adapter(self, **settings: Any) -> MatrixAdapter:
        login = {"password": self.account.password} | settings
        return MatrixAdapter(self.account.homeserver, self.id, self.store, allow_invites_from=self.allow, **login)

    @asynccontextmanager
    async def runs(self, **settings: Any) -> AsyncIterator[MatrixAdapter]:
        adapter = self.adapter(**settings)
        self.listening = listening = asyncio.create_task(adapter.listen(self.intake))
        batches = len(self.intake.batches)
        try:
            await self.intake.until(lambda: len(self.intake.batches) > batches or listening.done())
            if listening.done():
                await listening
            yield adapter
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            await adapter.close()

    async def sends(self, adapter: MatrixAdapter, room: str, message: Message, **more: Any) -> MessageRef:
        """Deliver as the outbox does: what must wait is tried again under the same op."""
        self.ops += 1
        delivery = Delivery(ChatRef("matrix", room), message, **{"op": f"op-{self.ops}"} | more)
        return await persistently(lambda: adapter.deliver(delivery))


async def persistently(send: Callable[[], Any], limit: float = 20) -> MessageRef:
    async with asyncio.timeout(limit):
        while True:
            try:
                ref: MessageRef = await send()
                return ref
            except TryLater:
                await asyncio.sleep(0.05)


async def fault_of(send: Callable[[], Any]) -> DeliveryFault:
    try:
        await send()
    except DeliveryFault as fault:
        return fault
    raise AssertionError("it was delivered")


@pytest.fixture
def bot(synapse: Synapse, tmp_path: Path) -> Bot:
    return Bot(synapse.register(), tmp_path / "store")
