"""A series: lives that are cut short at random moments while crowds go on, then one that works off what is left."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Protocol

from tests.kills.house import House
from tests.kills.rooms import Room, check, given_up
from tests.support.zygote import GLANCE, Life

FIRST_SPAN, BEYOND = 0.8, 0.6  # seconds: of the first lives, and of the others after they could be ready
AT_WORK = 1 / 3  # of all lives are let get ready: on a slow machine hardly another does
LIMIT = 90.0  # seconds without any progress of the last life, which has to work off what is left
WAITING = "SELECT count(*) FROM promises JOIN chats ON chats.id = promises.chat_id WHERE promises.state = 'waiting'"
STALE = "SELECT count(*) FROM boards WHERE version > shown AND message_id IS NOT NULL"
ANSWERED = """
SELECT count(*) FROM promises JOIN chats ON chats.id = promises.chat_id
WHERE chats.ref = :ref AND promises.reply_to = :message AND promises.state = 'sent'
"""


class Crowd(Protocol):
    platform: str
    pause: float  # seconds between two things that somebody does, about
    liveliness: int  # things that are done during one life at most, so that on a slow machine they do not pile up

    @property
    def names(self) -> list[str]: ...

    async def gathers(self) -> None: ...

    async def acts(self) -> None: ...

    async def shakes_all(self) -> None: ...

    async def last_words(self) -> Sequence[tuple[str, str]]: ...

    async def rooms(self) -> list[Room]: ...


@dataclass
class Figures:
    """What a series came to."""

    kills: int = 0
    starts: list[float] = field(default_factory=list)  # seconds until ready, of lives that got there
    deeds: Counter[str] = field(default_factory=Counter)
    messages: Counter[str] = field(default_factory=Counter)
    copies: Counter[str] = field(default_factory=Counter)  # beyond the first
    most: int = 1  # copies of one message
    given_up: int = 0  # messages that were being sent at each of ten deaths

    def told(self) -> str:
        ready = f"{len(self.starts)} lives were ready, in {median(self.starts):.2f} s" if self.starts else "no life was ready"
        counts = ", ".join(
            f"{platform}: {self.deeds[platform]} deeds, {self.messages[platform]} messages, {self.copies[platform]} copies"
            for platform in self.deeds
        )
        return f"{self.kills} kills; {ready}; {counts}; at most {self.most} copies of one, {self.given_up} given up"


class Series:
    """`run` does it all; what it finds wrong it says with the seed."""

    def __init__(self, house: House, crowds: Sequence[Crowd], rng: random.Random) -> None:
        self.house, self.crowds, self.rng = house, crowds, rng
        self.figures = Figures()

    async def run(self, kills: int) -> Figures:
        bustle = [asyncio.create_task(self.bustle(crowd)) for crowd in self.crowds]
        try:
            for _ in range(kills):
                await self.lives_shortly()
                for task in bustle:
                    if task.done():
                        task.result()
        finally:
            for task in bustle:
                task.cancel()
            await asyncio.gather(*bustle, return_exceptions=True)
        await self.ends_well()
        return self.figures

    async def bustle(self, crowd: Crowd) -> None:
        await crowd.gathers()
        while True:
            lives = self.figures.kills
            for _ in range(crowd.liveliness):
                await crowd.acts()
                await asyncio.sleep(self.rng.uniform(0, 2 * crowd.pause))
            while lives == self.figures.kills:
                await asyncio.sleep(GLANCE)

    async def lives_shortly(self) -> None:
        life = self.house.starts()
        await self.passes(life, await self.age_at_death(life))
        assert not life.over, f"it ended by itself with {life.code}:\n{life.said()}"
        life.kill()
        self.figures.kills += 1

    async def age_at_death(self, life: Life) -> float:
        """Any, on its way to work or soon after."""
        if self.rng.random() > AT_WORK:
            return self.rng.uniform(0, self.span)
        await self.gets_ready(life)
        return life.age + self.rng.uniform(0, BEYOND)

    @property
    def span(self) -> float:
        return median(self.figures.starts) + BEYOND if self.figures.starts else FIRST_SPAN + self.figures.kills * 0.1

    async def passes(self, life: Life, age: float) -> None:
        """Until it is so many seconds old."""
        ready = False
        while life.age < age:
            if not ready and life.is_ready:
                ready = True
                self.figures.starts.append(life.age)
            await asyncio.sleep(GLANCE)

    async def gets_ready(self, life: Life) -> None:
        await until(lambda: life.is_ready or life.over, "ready")

    async def ends_well(self) -> None:
        """The last life may live: everything that is left is worked off, and it stops when it is told to."""
        life = self.house.starts()
        await self.gets_ready(life)
        for crowd in self.crowds:
            await crowd.shakes_all()
        for crowd in self.crowds:
            await self.quiet(await crowd.last_words())
        assert await asyncio.to_thread(life.terminate) == 0, life.said()
        for crowd in self.crowds:
            for room in await crowd.rooms():
                self.note(crowd.platform, room, check(self.house, room))
        assert self.house.one("SELECT count(*) FROM dead_letters") == 0
        self.house.is_discreet(*(name for crowd in self.crowds for name in crowd.names), "gardener", "Guild")

    async def quiet(self, marks: Sequence[tuple[str, str]]) -> None:
        moves = self.house.progress
        for ref, message in marks:
            await until(partial(self.answered, ref, message), f"the answer to {message} in {ref}", moves=moves)
        await until(lambda: self.house.one(WAITING) == 0, "all promises kept", moves=moves)
        await until(lambda: self.house.one(STALE) == 0, "all boards shown", moves=moves)

    def answered(self, ref: str, message: str) -> bool:
        return bool(self.house.one(ANSWERED, ref=ref, message=message))

    def note(self, platform: str, room: Room, copies: Counter[str]) -> None:
        figures = self.figures
        figures.deeds[platform] += len(room.deeds)
        figures.messages[platform] += len(copies)
        figures.copies[platform] += copies.total() - len(copies)
        figures.given_up += given_up(self.house, room)
        figures.most = max(figures.most, *copies.values())


async def until(passes: Callable[[], object], what: str, limit: float = LIMIT, moves: Callable[[], object] = lambda: None) -> None:
    """As long as something moves, it may take its time."""
    end, before = time.monotonic() + limit, moves()
    while not passes():
        if (now := moves()) != before:
            end, before = time.monotonic() + limit, now
        assert time.monotonic() < end, f"waited in vain for {what}"
        await asyncio.sleep(0.02)
