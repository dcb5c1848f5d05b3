"""Matrix: rooms plain and encrypted, through a homeserver's client API."""

import asyncio
import contextlib
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from adapters.matrix import drivers  # noqa: F401 (before anything that imports peewee)
from adapters.matrix.deliver import deliver
from adapters.matrix.errors import TROUBLE
from adapters.matrix.listen import Listening
from adapters.matrix.live import Live
from adapters.matrix.login import Account, Connection, connect
from adapters.matrix.render import permalink
from bot.chat.adapter import Delivery, Intake
from bot.chat.refs import MessageRef

__all__ = ["MatrixAdapter"]
SOON = 2.0  # seconds


class MatrixAdapter:
    """One account on one homeserver, with a password, or with an access token and its device."""

    platform = "matrix"
    keeps_taps_for: timedelta | None = None
    messages_a_minute: int | None = None

    def __init__(
        self,
        homeserver: str,
        user_id: str,
        store_dir: Path,
        password: str | None = None,
        access_token: str | None = None,
        device_id: str | None = None,
        allow_invites_from: Sequence[str] = (),
        account: str = "matrix",
    ) -> None:
        self.account = account
        self.login = Account(homeserver, user_id, store_dir, password or None, access_token or None, device_id or None)
        self.allow_invites_from = tuple(allow_invites_from)
        self.connection: Connection | None = None
        self.live: Live | None = None
        self.synced = asyncio.Event()

    def link(self, ref: MessageRef) -> str | None:
        return permalink(ref, self.login.user_id)

    async def listen(self, intake: Intake) -> None:
        """Logs in first, for as long as that takes; the connection stays for what is still to be delivered, until `close`."""
        await self.close()
        self.connection = await self.connected(intake)
        self.live = Live.over(self.connection, self.synced)
        await Listening(self.live, intake, self.allow_invites_from).run()

    async def connected(self, intake: Intake) -> Connection:
        while True:
            try:
                return await connect(self.login)
            except TROUBLE:
                await asyncio.sleep(await intake.failed("unreachable"))

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """At the start of a run it waits for the rooms to be known, which is soon."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.synced.wait(), SOON)
        return await deliver(self.live, delivery)

    async def close(self) -> None:
        self.synced.clear()
        connection, self.connection, self.live = self.connection, None, None
        if connection is not None:
            await connection.close()
