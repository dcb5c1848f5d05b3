"""The server calls a webhook: one update at a time of each chat, and of each person who presses; again until it is taken."""

import asyncio
import contextlib
import time
from collections.abc import Iterator

import aiohttp

from tests.support.botapi.state import Json
from tests.support.botapi.updates import Queue, Update

HEADER = "X-Telegram-Bot-Api-Secret-Token"
AT_ONCE, AGAIN, PATIENCE = 40, 0.2, 15.0  # calls; seconds


class Pushing:
    """`goes_to`: where the calls really go, in place of an address that only the world outside could reach."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self.url = self.secret = self.goes_to = ""
        self.last_error_at = 0
        self.calls = 0
        self.task: asyncio.Task[None] | None = None
        self.under_way: dict[str, asyncio.Task[None]] = {}

    def set(self, url: str, secret: str) -> None:
        self.url, self.secret = url, secret
        if url and self.task is None:
            self.task = asyncio.create_task(self.run())

    async def stop(self) -> None:
        for task in [*self.under_way.values(), *([self.task] if self.task else [])]:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self.task = None

    async def run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:
            while True:
                if self.url and self.goes_to:
                    self.queue.drop_expired()
                    for key, update in self.firsts():
                        self.under_way[key] = asyncio.create_task(self.push(session, key, update))
                await asyncio.sleep(0.005)

    def firsts(self) -> Iterator[tuple[str, Update]]:
        """What comes next of each, as far as it is not being brought already."""
        seen = set(self.under_way)
        for update in list(self.queue.waiting):
            if len(self.under_way) >= AT_ONCE:
                return
            if (key := key_of(update.body)) not in seen:
                seen.add(key)
                yield key, update

    async def push(self, session: aiohttp.ClientSession, key: str, update: Update) -> None:
        self.calls += 1
        try:
            async with session.post(self.goes_to, json=update.body, headers={HEADER: self.secret}) as answer:
                taken = answer.status == 200
        except (aiohttp.ClientError, TimeoutError, OSError):
            taken = False
        if taken:
            with contextlib.suppress(ValueError):
                self.queue.waiting.remove(update)
        else:
            self.last_error_at = int(time.time())
            await asyncio.sleep(AGAIN)
        del self.under_way[key]


def key_of(body: Json) -> str:
    """As telegram-bot-api's queues: those of a person's presses, and those of a chat."""
    press = body.get("callback_query")
    if isinstance(press, dict):
        return f"press {press.get('from', {}).get('id')}"
    return next((f"chat {each['chat'].get('id')}" for each in body.values() if isinstance(each, dict) and "chat" in each), "")
