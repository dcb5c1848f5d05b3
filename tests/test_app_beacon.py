"""The whole bot on a real loop with a relay beside it: a round is fetched when it appears, and a stalling relay holds up nobody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta

from bot.app import Folkmoot
from bot.clock import SystemClock
from bot.relays import Relays
from bot.routing.house import House
from models import DrawRow
from models.database import Database
from tests.support.live import LivePlatform, until
from tests.support.relay import Relay, relaying
from tests.support.rounds import before, signature_of
from tests.test_app import SOON


@asynccontextmanager
async def called(url: str, telegram: LivePlatform, relay: Relay) -> AsyncIterator[Database]:
    """A draw stands in the room, and its round appears at this moment."""
    clock = SystemClock()
    clock.advance(before(1000, seconds=32) - clock.now())
    relays = Relays([relay.url], patience=60)
    house = House("test", digest=("off", 18), draw_window=timedelta(seconds=0.1), chance="beacon", fetch_round=relays.fetch)
    with closing(Database(url)) as database:
        task = asyncio.create_task(Folkmoot(database, [telegram], house, clock, SOON).run(lambda: None))
        telegram.says("Anna", "/join")
        telegram.says("Anna", "/draw facilitator")
        await until(lambda: any(text.startswith("🎩") for text in telegram.shows()))
        clock.advance(timedelta(seconds=34))
        telegram.says("Anna", "/who")
        yield database
        task.cancel()
        async with asyncio.timeout(5):
            await asyncio.gather(task, return_exceptions=True)


def drawn_by(database: Database) -> list[bytes | None]:
    with database.transaction() as db:
        return [draw.signature for draw in db.query(DrawRow)]


async def test_the_round_is_fetched_when_it_appears(sqlite_house: str) -> None:
    telegram = LivePlatform()
    async with relaying() as relay, called(sqlite_house, telegram, relay) as database:
        await until(lambda: any(text.startswith("🎲") for text in telegram.shows()))
        number = relay.asked[0]
        assert (drawn_by(database), set(relay.asked)) == ([signature_of(number)], {number})


async def test_a_relay_that_stalls_holds_up_neither_people_nor_the_end(sqlite_house: str) -> None:
    telegram = LivePlatform()
    async with relaying("stalling") as relay, called(sqlite_house, telegram, relay) as database:
        await until(lambda: relay.asked)
        telegram.says("Ben", "/join")
        await until(lambda: any("Ben is in the hat" in text for text in telegram.shows()))
        assert drawn_by(database) == [None]
