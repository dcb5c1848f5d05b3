"""A group with a room on Telegram and one on Matrix, made one by its people; either platform can be out of reach for a while."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import Folkmoot
from bot.clock import SystemClock
from tests.conformance.matrix import MatrixPlace, matrix_place
from tests.conformance.places import LIMIT, Place, sees, sees_private
from tests.conformance.serving import serving
from tests.conformance.telegram import TelegramPlace
from tests.support.botapi import BotApi
from tests.support.cutting import Line, line_to
from tests.support.synapse import Synapse

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
ONE_PERSON = "are one person from now on and count once"
PEOPLE = {"telegram": ("Anna", "Ben"), "matrix": ("Mia", "Ben")}


class Together:
    """Anna and Ben speak on Telegram, Mia and once more Ben on Matrix. Its clock is turned, so nobody has to wait for it."""

    def __init__(self, telegram: TelegramPlace, matrix: MatrixPlace, line: Line) -> None:
        self.telegram, self.matrix, self.line = telegram, matrix, line
        self.places: dict[str, Place] = {"telegram": telegram, "matrix": matrix}
        self.clock = SystemClock()
        self.bot: Folkmoot

    @asynccontextmanager
    async def served(self, url: str) -> AsyncIterator[None]:
        self.matrix.homeserver = self.line.url
        async with serving(url, self.telegram.adapter(), self.matrix.adapter(), clock=self.clock) as self.bot:
            await self.become_one()
            yield

    async def become_one(self) -> None:
        """Two rooms become one group, two Bens one person."""
        for name, place in self.places.items():
            await place.invite_bot()
            await sees(place, "I am Folkmoot")
            for who in PEOPLE[name]:
                await place.says(who, f"{place.prefix}join")
                await sees(place, f"{who} is in the hat")
        await self.link_rooms()
        await self.link_accounts()

    async def link_rooms(self) -> None:
        await self.telegram.says("Anna", "/link")
        code = CODE.search(await sees(self.telegram, "The code for one room"))
        assert code
        await self.matrix.says("Mia", f"!link {code[0]}")
        await self.both_see("Two rooms, one group")
        await self.later("telegram", "matrix", hours=1)
        await self.bot.sweeper.sweep()
        await self.both_see("are one group now")

    async def link_accounts(self) -> None:
        await self.telegram.says_private("Ben", "/link")
        await sees_private(self.telegram, "Ben", "The code for one account")
        code = next(filter(None, map(CODE.search, await self.telegram.shows_private("Ben"))))
        await self.matrix.opens_private("Ben")
        await self.matrix.says_private("Ben", f"!link {code[0]}")
        await sees_private(self.matrix, "Ben", ONE_PERSON)
        await sees_private(self.telegram, "Ben", ONE_PERSON)

    async def both_see(self, what: str) -> None:
        for place in self.places.values():
            await sees(place, what)

    async def later(self, *heard: str, **time: float) -> None:
        """The clock is turned, and these platforms are heard after that."""
        self.clock.advance(timedelta(**time))
        now = self.clock.now()
        for platform in heard:
            place = self.places[platform]
            await place.says(PEOPLE[platform][0], f"{place.prefix}who")
            await self.is_heard(platform, now)

    async def is_heard(self, platform: str, now: datetime) -> None:
        async with asyncio.timeout(LIMIT):
            while (self.bot.intakes[platform].drained_at or self.clock.now() - timedelta(days=1)) < now:
                await asyncio.sleep(0.02)

    async def goes_down(self, platform: str) -> None:
        """Nothing reaches the bot from there, and nothing gets there; its people go on by themselves."""
        if platform == "matrix":
            self.line.goes_down()
        else:
            await self.telegram.server.stop()
        async with asyncio.timeout(LIMIT):
            while not self.bot.intakes[platform].trouble:
                await asyncio.sleep(0.02)

    async def comes_back(self, platform: str) -> None:
        if platform == "matrix":
            self.line.comes_up()
        else:
            await self.telegram.server.start()


@asynccontextmanager
async def together(synapse: Synapse, folder: Path, encrypted: bool = False) -> AsyncIterator[Together]:
    async with (
        BotApi(lasting=True) as server,
        matrix_place(synapse, folder, PEOPLE["matrix"], encrypted) as matrix,
        line_to(matrix.account.homeserver) as line,
    ):
        yield Together(TelegramPlace(server, PEOPLE["telegram"]), matrix, line)
