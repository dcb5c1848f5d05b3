"""A relay of the beacon on this machine: it serves the recorded rounds, and dies, lies, stalls or babbles when told to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bot import quicknet
from tests.support.rounds import SIGNATURES, flipped, signature_of


@dataclass
class Relay:
    """`mood`: well | lying | stale | stalling | babbling | broken | moved | garbage."""

    mood: str = "well"
    asked: list[int] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        number = int(request.match_info["number"])
        self.asked.append(number)
        match self.mood:
            case "stalling":
                await asyncio.Event().wait()
            case "babbling":
                return web.Response(body=b"\n" * 10_000_000 + SIGNATURES[number].encode())
            case "broken":
                raise web.HTTPBadGateway(text="<html>Bad gateway</html>")
            case "moved":
                raise web.HTTPFound(f"/{quicknet.CHAIN}/elsewhere/{number}")
            case "garbage":
                return web.Response(body=b"\xff\x00[" * 300)
        return self.told(number)

    def told(self, number: int) -> web.Response:
        if number not in SIGNATURES:
            return web.json_response({"error": "requested round not found"}, status=404)
        shown = number + 1 if self.mood == "stale" else number
        signature = flipped(signature_of(shown), 7) if self.mood == "lying" else signature_of(shown)
        return web.json_response({"round": number, "randomness": "00" * 32, "signature": signature.hex()})


@asynccontextmanager
async def relaying(mood: str = "well") -> AsyncIterator[Relay]:
    """A relay for as long as the block lasts; after that nobody listens at its address."""
    relay, app = Relay(mood), web.Application()
    for place in ("public", "elsewhere"):
        app.router.add_get(f"/{quicknet.CHAIN}/{place}/{{number}}", relay.answer if place == "public" else honest)
    runner = web.AppRunner(app, shutdown_timeout=0.01)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    relay.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield relay
    finally:
        await runner.cleanup()


async def honest(request: web.Request) -> web.StreamResponse:
    return Relay().told(int(request.match_info["number"]))
