"""A whole bot on a real database, with people who speak to it: stories are told on this."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.app import Folkmoot
from bot.chat import incoming as said
from bot.chat.adapter import Batch
from bot.chat.incoming import Ack, Incoming, Origin, Received
from bot.chat.refs import ChatRef, PersonRef
from bot.clock import StillClock
from bot.delivery.boards import Rhythm
from bot.dice import SeededDice
from bot.routing.house import House
from migrations.upgrade import upgrade
from models.database import Database
from tests.support.room import FakePlatform, Standing

T = TypeVar("T")
START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Moot:
    """`says`, `taps`, `settle`, `stop`, `start`: the words in which stories are told."""

    def __init__(self, url: str, platforms: Sequence[FakePlatform] | None = None, seed: str = "story") -> None:
        self.url, self.seed = url, seed
        self.platforms = list(platforms or [FakePlatform()])
        self.clock = StillClock(START)
        self.loop = asyncio.new_event_loop()
        self.events = 0
        self.acks: list[tuple[str, Ack]] = []
        self.group = ChatRef(self.platforms[0].platform, "-100200300")
        database = Database(url)
        upgrade(database.engine, back_up=lambda: None)
        database.close()
        self.start()

    def start(self) -> None:
        self.database = Database(self.url)
        house = House("test", dice=SeededDice(self.seed))
        self.app = Folkmoot(self.database, self.platforms, house, self.clock, Rhythm(timedelta(), timedelta()))
        self.run(self.app.sender.recover())
        self.hear()

    def stop(self) -> None:
        self.database.close()

    def close(self) -> None:
        self.stop()
        self.loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @property
    def room(self) -> list[Standing]:
        """The messages of the bot in the group's first chat, as they stand now."""
        return self.platforms[0].room(self.group)

    def shows(self) -> list[str]:
        return [standing.text for standing in self.room]

    def last(self) -> Standing:
        return self.room[-1]

    def origin(self, name: str, chat: ChatRef | None = None, **more: Any) -> Origin:
        chat = chat or self.group
        person = PersonRef(chat.platform, str(1000 + sum(map(ord, name.casefold()))))
        self.events += 1
        return Origin(chat, person, name, chat_title="The moot", message_id=f"m{self.events}", **more)

    def says(self, name: str, text: str, chat: ChatRef | None = None, **more: Any) -> Ack | None:
        command, _, rest = text[1:].partition(" ")
        return self.hand(said.CommandSent(self.origin(name, chat, **more), command.lower(), rest))

    def taps(self, name: str, label: str, standing: Standing | None = None, chat: ChatRef | None = None) -> Ack | None:
        """Press the button with this label on the message, or on the newest that has it."""
        room = self.room if chat is None else self.platforms_room(chat)
        candidates = [standing] if standing else list(reversed(room))
        button = next(b for each in candidates for b in each.message.buttons if b.label == label)
        return self.hand(said.ButtonTapped(self.origin(name, chat), button.action.packed))

    def platforms_room(self, chat: ChatRef) -> list[Standing]:
        return next(platform for platform in self.platforms if platform.platform == chat.platform).room(chat)

    def hand(self, event: Incoming, ids: tuple[str, ...] | None = None) -> Ack | None:
        """Hand one event in, and let the bot answer it."""
        received = Received(ids or (f"update:{self.events}",), "{}", event)
        answers = self.hear(received, platform=event.origin.chat.platform)
        if answers and answers[0] is not None:
            self.acks.append((event.origin.name, answers[0]))
        self.settle()
        return answers[0]

    def hear(self, *events: Received, platform: str | None = None) -> list[Ack | None]:
        """A batch from one platform, and silence from the others."""
        platform = platform or self.platforms[0].platform
        for name, intake in self.app.intakes.items():
            fetch = self.run(intake.fetch())
            answers = self.run(intake.take(Batch(fetch, events if name == platform else (), drained=True)))
            if name == platform:
                mine = [answer.ack for answer in answers]
        return mine

    def settle(self) -> None:
        """Until nothing more is due or to be sent at this instant."""
        self.hear()
        self.run(self.app.settle())

    def later(self, **time: float) -> None:
        """The clock goes on, and the bot does what has come due."""
        self.clock.advance(timedelta(**time))
        self.settle()


def enrol(bot: Moot, *names: str) -> None:
    for name in names:
        bot.says(name, "/join")


def moot_in(folder: Path, **more: Any) -> Moot:
    return Moot(f"sqlite:///{folder / 'moot.sqlite'}", **more)


MakeMoot = Callable[..., Moot]
