"""What features want from outside is asked for once, brought to each who wants it, and keeps nothing else waiting."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from bot.clock import StillClock
from bot.routing.errands import Errands
from bot.routing.feature import Errand, Feature
from bot.routing.house import House
from bot.routing.routes import routes_of
from models.database import Database
from tests.support.moot import START
from tests.support.quick import quick


@dataclass
class Shop:
    """Wants what it is told to want, until it has it; sells what it stocks."""

    stock: dict[int, bytes]
    wants: list[tuple[int, int]]
    asked: list[int] = field(default_factory=list)
    got: dict[int, bytes | None] = field(default_factory=dict)
    rung: int = 0

    def wanted(self, db: Session, now: datetime) -> list[tuple[int, int]]:
        return [(who, what) for who, what in self.wants if self.got.get(who) is None]

    async def fetch(self, what: int, house: House) -> bytes | None:
        self.asked.append(what)
        await asyncio.sleep(0)
        if what == 666:
            raise RuntimeError
        return self.stock.get(what)

    def bring(self, db: Session, who: int, found: bytes | None, now: datetime, house: House) -> None:
        if who == 13:
            raise RuntimeError
        self.got[who] = found

    def ring(self) -> None:
        self.rung += 1


@pytest.fixture
def database(sqlite_house: str) -> Iterator[Database]:
    with closing(quick(sqlite_house)) as made:
        yield made


def errands(database: Database, *shops: Shop) -> Errands:
    features = [Feature(f"shop {n}", errands=(Errand("buy", s.wanted, s.fetch, s.bring),)) for n, s in enumerate(shops)]
    return Errands(database, routes_of(features, House("test")), StillClock(START), shops[0].ring)


async def test_a_thing_is_asked_for_once_and_brought_to_all(database: Database) -> None:
    shop = Shop({5: b"five", 6: b"six"}, [(1, 5), (2, 6), (3, 5)])
    await errands(database, shop).go()
    assert (sorted(shop.asked), shop.got) == ([5, 6], {1: b"five", 2: b"six", 3: b"five"})


async def test_what_is_not_to_be_had_is_wanted_again(database: Database) -> None:
    shop = Shop({}, [(1, 5)])
    run = errands(database, shop)
    await run.go()
    assert shop.got == {1: None}
    shop.stock[5] = b"five"
    await run.go()
    await run.go()
    assert (shop.got, shop.asked) == ({1: b"five"}, [5, 5])


async def test_who_cannot_take_it_keeps_it_from_nobody(database: Database) -> None:
    shop = Shop({5: b"five"}, [(13, 5), (1, 5)])
    await errands(database, shop).go()
    assert shop.got == {1: b"five"}


async def test_an_errand_that_fails_stops_no_other(database: Database) -> None:
    ill, well = Shop({}, [(1, 666)]), Shop({5: b"five"}, [(1, 5)])
    await errands(database, ill, well).go()
    assert well.got == {1: b"five"}


async def test_it_runs_whenever_it_is_called(database: Database) -> None:
    shop = Shop({5: b"five"}, [(1, 5)])
    run = errands(database, shop)
    running = asyncio.create_task(run.run())
    run.call()
    while not shop.rung:
        await asyncio.sleep(0.001)
    assert shop.got == {1: b"five"}
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
