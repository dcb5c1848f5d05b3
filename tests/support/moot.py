"""A whole bot on a real database, with people who speak to it: stories are told on this."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
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
from bot.features import FEATURES
from bot.relays import Relays
from bot.routing.chatter import Chatter
from bot.routing.feature import Feature
from bot.routing.house import House
from migrations.upgrade import upgrade
from tests.support.quick import quick
from tests.support.records import Records
from tests.support.room import FakePlatform, Standing

T = TypeVar("T")
START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
AT_ONCE = Rhythm(timedelta(), timedelta())


class Moot(Records):
    """`says`, `taps`, `later`, `stop`, `start`: the words in which stories are told."""

    def __init__(
        self,
        url: str,
        platforms: Sequence[FakePlatform] | None = None,
        seed: str = "story",
        rhythm: Rhythm = AT_ONCE,
        features: Sequence[Feature] = FEATURES,
        digest: tuple[str, int] = ("off", 18),  # stories of other things are told without it
    ) -> None:
        self.digest = digest
        self.chatter: Chatter | None = None
        self.relays = Relays([], patience=0.3)  # of the beacon; none, until a story has some
        self.print_page: Callable[[str], Coroutine[Any, Any, bytes | None]] | None = None  # until a story has some
        self.url, self.rhythm, self.dice, self.features = url, rhythm, SeededDice(seed), features
        self.platforms = list(platforms or [FakePlatform()])
        self.silent: set[str] = set()  # platforms that bring no news, not even that there are none
        self.clock = StillClock(START)
        self.loop = asyncio.new_event_loop()
        self.people: dict[str, str] = {}
        self.events = 0
        self.acks: list[tuple[str, Ack]] = []
        self.group = ChatRef(self.platforms[0].platform, "-100200300")
        self.start()

    def start(self) -> None:
        """A new process on the old database: nothing is remembered but what was written down."""
        self.wake_up()
        self.hear()

    def wake_up(self) -> None:
        """A new process that has not heard anything yet."""
        self.database = quick(self.url)
        house = House("test", digest=self.digest, dice=self.dice, chatter=self.chatter)
        house = replace(house, fetch_round=self.relays.fetch, print_page=self.print_page)
        self.app = Folkmoot(self.database, self.platforms, house, self.clock, self.rhythm, self.features)
        self.run(self.app.sender.recover())

    def stop(self) -> None:
        self.database.close()

    def restart(self, **away: float) -> None:
        """Down for as long as that, then up and at work."""
        self.stop()
        self.clock.advance(timedelta(**away))
        self.start()
        self.settle()

    def close(self) -> None:
        self.stop()
        self.loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    # who and where

    def person(self, name: str, platform: str = "") -> PersonRef:
        """The account with this name: the same number each time, in the order in which they first speak."""
        number = self.people.setdefault(name, str(1001 + len(self.people)))
        return PersonRef(platform or self.group.platform, number)

    def origin(self, name: str, chat: ChatRef | None = None, **more: Any) -> Origin:
        chat = chat or self.group
        self.events += 1
        facts = {"chat_title": "The moot", "message_id": f"m{self.events}", **more}
        return Origin(chat, self.person(name, chat.platform), name, **facts)

    def platform(self, name: str) -> FakePlatform:
        return next(platform for platform in self.platforms if platform.platform == name)

    # what is said and pressed

    def says(self, name: str, text: str, chat: ChatRef | None = None, addressed: bool = False, **more: Any) -> Ack | None:
        """The refusal of what was said, if it was refused; its words stand in the room as well."""
        command, _, rest = text[1:].partition(" ")
        return self.hand(said.CommandSent(self.origin(name, chat, **more), command.lower(), rest, addressed))

    def taps(self, name: str, label: str, standing: Standing | None = None, chat: ChatRef | None = None) -> Ack | None:
        """Press the button with this label on the message, or on the newest that has it."""
        return self.presses(name, self.button(label, standing, chat), chat)

    def presses(self, name: str, data: str, chat: ChatRef | None = None, **more: Any) -> Ack | None:
        """Send any data at all as a press."""
        return self.hand(said.ButtonTapped(self.origin(name, chat, **more), data))

    def button(self, label: str, standing: Standing | None = None, chat: ChatRef | None = None) -> str:
        """What a press on it sends."""
        candidates = [standing] if standing else list(reversed(self.room_of(chat or self.group)))
        return next(b for each in candidates for b in each.message.buttons if b.label == label).action.packed

    def walks_out(self, name: str, chat: ChatRef | None = None) -> None:
        self.hand(said.MemberLeft(self.origin(name, chat)))

    # what the bot does with it

    def hand(self, event: Incoming, ids: tuple[str, ...] | None = None) -> Ack | None:
        """Hand one event in, and let the bot answer it."""
        answers = self.hear(self.received(event, ids), platform=event.origin.chat.platform)
        if answers and answers[0] is not None:
            self.acks.append((event.origin.name, answers[0]))
        self.run(self.app.sender.flush())
        return answers[0]

    def at_once(self, *events: Incoming) -> list[Ack | None]:
        """A crowd: all of it in one batch, and then the bot's answers."""
        platform = events[0].origin.chat.platform
        batch = [Received((f"crowd:{self.events}:{n}",), "{}", event) for n, event in enumerate(events)]
        answers = self.hear(*batch, platform=platform)
        self.run(self.app.sender.flush())
        return answers

    def received(self, event: Incoming | None, ids: tuple[str, ...] | None = None) -> Received:
        return Received(ids or (f"update:{self.events}",), "{}", event)

    def hear(self, *events: Received, platform: str | None = None) -> list[Ack | None]:
        """A batch from one platform, and from the others the word that there is nothing."""
        platform = platform or self.platforms[0].platform
        mine: list[Ack | None] = []
        for name in [name for name in self.app.intakes if name not in self.silent]:
            answers = self.take(name, *(events if name == platform else ()))
            mine = answers if name == platform else mine
        return mine

    def take(self, platform: str, *events: Received, drained: bool = True, **more: Any) -> list[Ack | None]:
        intake = self.app.intakes[platform]
        batch = Batch(self.run(intake.fetch()), events, drained=drained, **more)
        return [answer.ack for answer in self.run(intake.take(batch))]

    def settle(self) -> None:
        """Until nothing more is due or to be sent at this instant."""
        self.hear()
        self.run(self.app.settle())

    def later(self, **time: float) -> None:
        """The clock goes on, and the bot does what has come due."""
        self.clock.advance(timedelta(**time))
        self.settle()

    # what people see

    @property
    def room(self) -> list[Standing]:
        """The messages of the bot in the group's first chat, as they stand now."""
        return self.room_of(self.group)

    def room_of(self, chat: ChatRef) -> list[Standing]:
        return self.platform(chat.platform).room(chat)

    def shows(self, chat: ChatRef | None = None) -> list[str]:
        return [standing.text for standing in self.room_of(chat or self.group)]

    def last(self, chat: ChatRef | None = None) -> Standing:
        return self.room_of(chat or self.group)[-1]

    def seen(self, start: str) -> Standing:
        """The newest message that begins so."""
        return next(standing for standing in reversed(self.room) if standing.text.startswith(start))

    def asked(self) -> list[str]:
        """Whom the newest question is for: those whom the newest message with an Accept button mentions."""
        standing = next(each for each in reversed(self.room) if any(b.label == "Accept" for b in each.message.buttons))
        return [mention.name for mention in standing.message.mentions]

    def receipt(self, name: str = "Anna", draw: str = "") -> str:
        """The receipt that /verify attaches."""
        self.says(name, f"/verify {draw}".rstrip())
        return next(a for a in self.last().message.attachments if "receipt" in a.name).content.decode("ascii")


def enrol(bot: Moot, *names: str) -> None:
    bot.at_once(*(said.CommandSent(bot.origin(name), "join") for name in names))


def all_tap(bot: Moot, names: Sequence[str], label: str) -> list[Ack | None]:
    data = bot.button(label)
    return bot.at_once(*(said.ButtonTapped(bot.origin(name), data) for name in names))


def furnish(url: str) -> None:
    """Bring an empty database to today's schema."""
    database = quick(url)
    upgrade(database.engine, back_up=lambda: None)
    database.close()


def moot_in(folder: Path, **more: Any) -> Moot:
    url = f"sqlite:///{folder / 'moot.sqlite'}"
    furnish(url)
    return Moot(url, **more)


MakeMoot = Callable[..., Moot]
