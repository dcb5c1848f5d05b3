"""Several processes on one PostgreSQL: who is at work, who listens to which account, and the bell that wakes the others.

All that a process holds it holds by one connection: when it dies, hangs or is cut off, the server lets go of it.
"""

import asyncio
import logging
from collections.abc import Callable

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from sqlalchemy.engine import make_url

from bot.delivery.backoff import pause
from bot.delivery.sender import wait_at_most
from bot.holding import me

log = logging.getLogger(__name__)
WORKERS, LEADERS = 0x466D57, 0x466D4C  # kinds of locks: "FmW", "FmL"
CHANNEL = "folkmoot"
BEAT, LAPSE = 1.0, 4.0  # seconds: between two signs of life; after which the server lets go of who gives none
RING_EVERY = 0.2  # seconds; what happens in between is one ring
LONGEST = 5.0  # seconds between two tries to come back
TROUBLE = (psycopg.Error, OSError, TimeoutError)

ENTER = "SELECT id, pg_advisory_lock(%s, id::int) FROM (SELECT nextval(pg_get_serial_sequence('workers', 'id')) AS id) AS new"
NAMED = "INSERT INTO workers (id, name, began_at) VALUES (%s, %s, now())"
BURY = """
DELETE FROM workers WHERE id NOT IN (
    SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""
Connection = AsyncConnection[TupleRow]


class Share:
    """This process among the others. `worker` is its number while it is at work; after a lost connection it gets a new one."""

    def __init__(self, url: str) -> None:
        self.address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self.worker: int | None = None
        self.workers = 1
        self.stands_for: dict[str, asyncio.Event] = {}  # set while it is our turn
        self.at_work, self.over = asyncio.Event(), asyncio.Event()
        self.bells: dict[str, Callable[[], None]] = {}  # by what is rung
        self.changed: Callable[[], None] = lambda: None  # somebody has gone, or we begin anew
        self.rung: set[str] = set()
        self.ringing = asyncio.Event()

    def ring(self, what: str) -> None:
        """Wake the other processes, soon."""
        self.rung.add(what)
        self.ringing.set()

    def leads(self, account: str) -> bool:
        return account in self.stands_for and self.stands_for[account].is_set()

    async def elected(self, account: str) -> None:
        """Until it is our turn, which lasts until `over`."""
        await self.stands_for.setdefault(account, asyncio.Event()).wait()

    async def run(self) -> None:
        """Until cancelled."""
        failures = 0
        while True:
            try:
                await self.work()
            except TROUBLE as fault:
                failures = 1 if self.at_work.is_set() else failures + 1
                log.error("not among the others", extra={"fault": type(fault).__name__, "failures": failures})
            finally:
                self.leave()
            await asyncio.sleep(pause(failures, LONGEST))

    async def work(self) -> None:
        async with await self.connected() as session, await self.connected() as ear:
            await ear.execute(f"LISTEN {CHANNEL}")
            hearing = asyncio.create_task(self.hear(ear, session.info.backend_pid))
            try:
                await self.enter(session)
                while True:
                    await self.beat(session)
                    if hearing.done():
                        hearing.result()
            finally:
                hearing.cancel()
                await asyncio.gather(hearing, return_exceptions=True)

    async def connected(self) -> Connection:
        async with asyncio.timeout(LAPSE):
            return await AsyncConnection.connect(self.address, autocommit=True, application_name=f"folkmoot, {me()}")

    async def enter(self, session: Connection) -> None:
        """The lock first, the row next: nobody is at work without it."""
        await session.execute(f"SET idle_session_timeout = '{LAPSE:.0f}s'")
        row = await (await session.execute(ENTER, [WORKERS])).fetchone()
        assert row is not None
        await session.execute(NAMED, [row[0], me()])
        self.worker, self.over = row[0], asyncio.Event()
        self.at_work.set()
        self.changed()

    def leave(self) -> None:
        """Whatever we held, others may take."""
        self.worker = None
        self.at_work.clear()
        self.over.set()
        for turn in self.stands_for.values():
            turn.clear()

    async def beat(self, session: Connection) -> None:
        """Bury the dead, try for what nobody leads, and ring until the next beat."""
        end = asyncio.get_running_loop().time() + BEAT
        async with asyncio.timeout(LAPSE):
            gone = (await session.execute(BURY, [WORKERS])).rowcount
            await self.count(session)
            for account, turn in self.stands_for.items():
                if not turn.is_set() and await first(session, "SELECT pg_try_advisory_lock(%s, hashtext(%s))", LEADERS, account):
                    log.info("our turn to listen", extra={"account": account})
                    turn.set()
        if gone:
            self.changed()
        while (left := end - asyncio.get_running_loop().time()) > 0:
            await wait_at_most(self.ringing, left)
            await self.ring_on(session)

    async def count(self, session: Connection) -> None:
        self.workers = max(1, await first(session, "SELECT count(*) FROM workers"))

    async def ring_on(self, session: Connection) -> None:
        rung, self.rung = self.rung, set()
        self.ringing.clear()
        for what in rung:
            await session.execute("SELECT pg_notify(%s, %s)", [CHANNEL, what])
        await asyncio.sleep(RING_EVERY if rung else 0)

    async def hear(self, ear: Connection, own: int) -> None:
        async for ring in ear.notifies():
            if ring.pid != own and ring.payload in self.bells:
                self.bells[ring.payload]()


async def first(session: Connection, query: str, *values: object) -> int:
    row = await (await session.execute(query, values)).fetchone()
    return int(row[0]) if row else 0
