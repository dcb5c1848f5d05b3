"""Telegram calls us: who knows the secret is believed, and is told that it arrived once it is committed."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import aiohttp
import pytest

from adapters.telegram.origins import Me
from adapters.telegram.webhook import HEADER, LARGEST, Endpoint, Hook
from bot.chat.incoming import CommandSent, Received
from tests.support.waiting_port import free_port

SECRET = "a-secret_of-Telegram-0123456789"
UPDATE = {
    "update_id": 7,
    "message": {
        "message_id": 1,
        "date": 0,
        "text": "/join",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        "from": {"id": 5, "is_bot": False, "first_name": "Anna"},
        "chat": {"id": -100, "type": "supergroup", "title": "Moot"},
    },
}


@dataclass
class Place:
    """An endpoint, and what it has handed over."""

    hook: Hook
    kept: list[Received] = field(default_factory=list)
    committed: asyncio.Event = field(default_factory=asyncio.Event)
    fault: Exception | None = None

    async def keep(self, events: Sequence[Received]) -> None:
        if self.fault is not None:
            raise self.fault
        await self.committed.wait()
        self.kept += events

    async def hears(self, body: bytes, secret: str | None = SECRET, path: str = "/hook", method: str = "POST") -> int:
        headers = {} if secret is None else {HEADER: secret}
        address = f"http://{self.hook.host}:{self.hook.port}{path}"
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, address, data=io.BytesIO(body), headers=headers) as answer,
        ):
            return answer.status


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    hook = Hook("https://moot.example/hook", "127.0.0.1", free_port(), SECRET)
    made = Place(hook)
    made.committed.set()
    running = asyncio.create_task(Endpoint(hook, Me(1, "bot", frozenset({"join"})), made.keep).run())
    await listening(hook)
    yield made
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def listening(hook: Hook) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                _, writer = await asyncio.open_connection(hook.host, hook.port)
            except OSError:
                await asyncio.sleep(0.01)
            else:
                writer.close()
                return


def body(update: object = UPDATE) -> bytes:
    return json.dumps(update).encode()


async def test_an_update_is_kept_and_then_answered(place: Place) -> None:
    assert await place.hears(body()) == 200
    [kept] = place.kept
    assert isinstance(kept.event, CommandSent)
    assert kept.ids[0] == "update:7"


async def test_it_is_answered_only_once_it_is_committed(place: Place) -> None:
    place.committed.clear()
    asking = asyncio.create_task(place.hears(body()))
    await asyncio.sleep(0.05)
    assert not asking.done()
    place.committed.set()
    assert await asking == 200


@pytest.mark.parametrize(
    "secret",
    [None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), "x" * 256, "x" * 7_000, "\u00e9" * 20],
    ids=["none", "empty", "wrong", "short", "long", "case", "256", "7 kB", "letters"],
)
async def test_who_does_not_know_the_secret_is_refused(place: Place, secret: str | None) -> None:
    assert await place.hears(body(), secret) == 403
    assert place.kept == []


async def test_a_secret_of_ten_kilobytes_is_refused(place: Place) -> None:
    assert await place.hears(body(), "x" * 10_240) == 400
    assert place.kept == []
    assert await place.hears(body()) == 200


async def test_other_paths_and_ways_lead_nowhere(place: Place) -> None:
    assert await place.hears(body(), path="/") == 404
    assert await place.hears(body(), path="/hook/more") == 404
    assert await place.hears(b"", method="GET") == 405
    assert place.kept == []


async def test_too_much_is_refused(place: Place) -> None:
    assert await place.hears(b" " * (LARGEST + 1)) == 413
    assert place.kept == []


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b"5",
        b'{"update_id": "x"}',
        b'{"update_id": 9, "message": 5}',
        b'{"a": "\\ud800"}',
    ],
    ids=["nothing", "half", "no text", "deep", "list", "number", "no number", "no message", "surrogate"],
)
async def test_what_cannot_be_read_is_kept_for_whoever_runs_the_bot(place: Place, told: bytes) -> None:
    """From one who knows the secret: refused, it would come again and again."""
    assert await place.hears(told) == 200
    assert len(place.kept) == 1
    assert place.kept[0].event is None


async def test_what_could_not_be_committed_comes_again(place: Place) -> None:
    place.fault = RuntimeError("no database")
    assert await place.hears(body()) == 503
    place.fault = None
    assert await place.hears(body()) == 200
