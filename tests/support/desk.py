"""Intake and sweeps alone, on a real database, with a feature whose handlers do as they are told."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import text, update
from sqlalchemy.orm import Session

from bot.chat import incoming as said
from bot.chat.adapter import Batch
from bot.chat.incoming import Ack, Incoming, Origin, Received
from bot.chat.message import message
from bot.chat.refs import ChatRef, PersonRef
from bot.clock import StillClock
from bot.commons import roll
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call, Command, Due, Feature, Manual, Sweep
from bot.routing.horizon import Horizon
from bot.routing.house import House
from bot.routing.intake import PlatformIntake
from bot.routing.routes import routes_of
from bot.routing.sweeping import Sweeper
from models import GroupRow
from tests.support.moot import START
from tests.support.quick import quick
from tests.support.records import Records

T = TypeVar("T")
PLATFORM = "telegram"


class Desk(Records):
    """`/count` puts whoever says it on the roll and says so; other words after it make the handler misbehave."""

    def __init__(
        self, url: str, keeps_taps_for: timedelta | None = timedelta(seconds=150), features: Sequence[Feature] = ()
    ) -> None:
        self.database, self.clock, self.horizon = quick(url), StillClock(START), Horizon()
        self.loop = asyncio.new_event_loop()
        self.behaviour: dict[str, Callable[[Call], None]] = {}  # a word after /count -> what it does
        self.handled: list[str] = []
        self.numbers = 0
        counting = Feature("counting", (Command("count", self.count, manual),), {"count": self.count_tap})
        self.routes = routes_of((counting, *features), House("test"))
        self.woken = 0
        self.intake = self.intake_for(PLATFORM, keeps_taps_for)
        self.sweeper = Sweeper(self.database, self.routes, self.clock, self.horizon, frozenset({PLATFORM}), self.wake)

    def intake_for(self, platform: str, keeps_taps_for: timedelta | None) -> PlatformIntake:
        return PlatformIntake(platform, keeps_taps_for, self.routes, self.database, self.clock, self.horizon, self.wake)

    def wake(self) -> None:
        self.woken += 1

    def close(self) -> None:
        self.loop.close()
        self.database.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(asyncio.wait_for(work, 60))

    # the feature

    def count(self, call: Call) -> None:
        roll.enter(roll.known(call.db, call.group, call.event.origin, call.now), call.now)
        self.handled.append(f"{call.event.origin.chat.id} {call.text}".strip())
        if call.text in self.behaviour:
            self.behaviour[call.text](call)
        call.answer(message(f"counted {roll.count(call.db, call.group)}"))

    def count_tap(self, call: Call) -> Ack:
        self.handled.append(f"tap {call.event.origin.person.id}")
        if not roll.enter(roll.known(call.db, call.group, call.event.origin, call.now), call.now):
            raise Refused("old button")
        return Ack("counted")

    # what is handed in

    def origin(self, person: str = "1", chat: str = "room", **more: Any) -> Origin:
        return Origin(ChatRef(PLATFORM, chat), PersonRef(PLATFORM, person), f"Person {person}", **more)

    def command(self, text: str = "", person: str = "1", chat: str = "room", **more: Any) -> Received:
        return self.event(said.CommandSent(self.origin(person, chat), "count", text), **more)

    def tap(self, person: str, chat: str = "room", **more: Any) -> Received:
        return self.event(said.ButtonTapped(self.origin(person, chat), "count"), **more)

    def event(self, event: Incoming | None, ids: tuple[str, ...] = (), raw: str = '{"raw":1}', fault: str = "") -> Received:
        self.numbers += 1
        return Received(ids or (f"update:{self.numbers}",), raw, event, fault)

    def take(self, *events: Received, drained: bool = True, cursor: str | None = None) -> list[Ack | None]:
        return [answer.ack for answer in self.run(self.hand_in(*events, drained=drained, cursor=cursor))]

    async def hand_in(self, *events: Received, drained: bool = True, cursor: str | None = None) -> Sequence[said.Answer]:
        return await self.intake.take(Batch(await self.intake.fetch(), events, drained=drained, cursor=cursor))

    def sweep(self, **later: float) -> None:
        self.clock.advance(timedelta(**later))
        self.run(self.sweeper.sweep())


def manual(_: Voice) -> Manual:
    return Manual("", "count me")


class Diary:
    """A sweep over dates in memory that looks ahead as if they hung on what is promised; settling one writes it into its
    group's title."""

    def __init__(self, name: str = "diary", after_intake: bool = True) -> None:
        self.name, self.after_intake = name, after_intake
        self.dates: dict[int, tuple[datetime, int]] = {}  # id -> when, whose
        self.broken: set[int] = set()
        self.settled: list[int] = []
        self.cannot_look = self.cannot_look_ahead = False

    @property
    def feature(self) -> Feature:
        sweep = Sweep(self.name, self.due, self.upcoming, self.settle, self.after_intake)
        return Feature(self.name, sweeps=(sweep,))

    def due(self, db: Session, now: datetime) -> list[Due]:
        if self.cannot_look:
            raise LookupError
        return [Due(number, at, group) for number, (at, group) in self.dates.items() if at <= now and number not in self.settled]

    def upcoming(self, db: Session) -> datetime | None:
        db.execute(text("SELECT nothing FROM nowhere" if self.cannot_look_ahead else "SELECT 1 FROM promises"))
        return min((at for number, (at, _) in self.dates.items() if number not in self.settled), default=None)

    def settle(self, db: Session, number: int, now: datetime, house: House) -> None:
        db.execute(update(GroupRow).values(title=GroupRow.title + f" {number}"))
        if number in self.broken:
            raise ZeroDivisionError
        self.settled.append(number)
