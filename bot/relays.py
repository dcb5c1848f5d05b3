"""Public relays of the beacon, asked over HTTPS: the bot's only call to anybody but the platforms."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

import aiohttp

from bot import quicknet
from bot.chat.proxies import proxy_for

log = logging.getLogger(__name__)
PATIENCE = 5.0  # seconds with one relay
LONGEST = 4096  # bytes of an answer
FRESH = timedelta(seconds=15)  # after which every relay has a round


class Relays:
    """Asked one after the other until one has the round; none is trusted, since each answer's signature is checked."""

    def __init__(self, urls: Sequence[str], patience: float = PATIENCE) -> None:
        self.urls, self.patience = [url.rstrip("/") for url in urls], patience

    async def fetch(self, number: int) -> bytes | None:
        """The round's signature; None if no relay has it, or none can be reached."""
        for url in self.urls:
            if (signature := await self.ask(url, number)) is not None:
                return signature
        log.warning("no relay has the round", extra={"round": number})
        return None

    async def ask(self, url: str, number: int) -> bytes | None:
        try:
            signature = quicknet.signature_in(await self.read(quicknet.look_up(number, url)))
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
            return None
        return signature if signature is not None and quicknet.is_signed(number, signature) else None

    async def read(self, address: str) -> str:
        """What stands there, up to a length that no round's answer has."""
        patience = aiohttp.ClientTimeout(self.patience)
        async with (
            aiohttp.ClientSession(timeout=patience, proxy=proxy_for(address)) as session,
            session.get(address, allow_redirects=False) as answer,
        ):
            try:
                whole = await answer.content.readexactly(LONGEST)
            except asyncio.IncompleteReadError as shorter:
                whole = shorter.partial
        return whole.decode("ascii", "replace")

    async def answering(self, now: datetime) -> list[str]:
        """The relays that have a round of just now."""
        number = quicknet.first_from(now - FRESH)
        asked = await asyncio.gather(*(self.ask(url, number) for url in self.urls))
        return [url for url, signature in zip(self.urls, asked, strict=True) if signature is not None]
