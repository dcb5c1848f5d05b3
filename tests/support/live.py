"""A platform that is listened to: it keeps what people do until it is told that it arrived."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.chat import incoming as said
from bot.chat.adapter import Batch, Intake
from bot.chat.incoming import Incoming, Origin, Received
from bot.chat.refs import ChatRef, PersonRef
from tests.support.room import FakePlatform, Standing


@dataclass
class LivePlatform(FakePlatform):
    """Its `listen` is a loop as an adapter's: leave to look, a look, hand over, and only then forget."""

    kept: deque[Received] = field(default_factory=deque)
    faults_of_listening: deque[Exception] = field(default_factory=deque)  # raised one a look, in turn
    looks: list[float] = field(default_factory=list)  # how long each was allowed to wait
    answers: list[said.Answer] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    people: int = 0

    async def listen(self, intake: Intake) -> None:
        await intake.resume()
        while True:
            fetch = await intake.fetch()
            self.looks.append(fetch.wait)
            if self.faults_of_listening:
                raise self.faults_of_listening.popleft()
            await self.wait_for_news(fetch.wait)
            batch = tuple(self.kept)
            self.answers += await intake.take(Batch(fetch, batch, drained=True))
            for _ in batch:
                self.kept.popleft()

    async def wait_for_news(self, seconds: float) -> None:
        if not self.kept and seconds:
            self.news.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self.news.wait()
            except TimeoutError:
                return
        await asyncio.sleep(0)

    def happens(self, event: Incoming) -> None:
        self.people += 1
        self.kept.append(Received((f"update:{self.people}",), "{}", event))
        self.news.set()

    def origin(self, name: str, chat: str = "-1") -> Origin:
        return Origin(ChatRef(self.platform, chat), PersonRef(self.platform, name), name, message_id=f"m{self.people}")

    def says(self, name: str, text: str) -> None:
        command, _, rest = text[1:].partition(" ")
        self.happens(said.CommandSent(self.origin(name), command, rest))

    def taps(self, name: str, label: str) -> None:
        button = next(b for each in reversed(self.standing()) for b in each.message.buttons if b.label == label)
        self.happens(said.ButtonTapped(self.origin(name), button.action.packed))

    def standing(self) -> list[Standing]:
        return self.room(ChatRef(self.platform, "-1"))

    def shows(self) -> list[str]:
        return [standing.text for standing in self.standing()]


async def until(condition: Callable[[], object]) -> None:
    while not condition():
        await asyncio.sleep(0.002)
