"""Doing what has come due: the database is the schedule, APScheduler the alarm clock."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.clock import Clock, SystemClock
from bot.delivery.forgetting import forget
from bot.routing import ledger, turned
from bot.routing.feature import Due, Sweep
from bot.routing.horizon import Horizon
from bot.routing.routes import Routes
from models import GroupRow
from models.database import Database
from models.traffic import overheard, tables_in, written

log = logging.getLogger(__name__)
EVERY, EVERY_AMONG_OTHERS = timedelta(seconds=30), timedelta(seconds=5)  # who dies leaves what it knew of the next deadline
HOUSE = "house"  # the turn of whoever does what is no group's
FEW = 4  # processes, about
WHOLE = 0  # stands for a sweep that cannot even look
P = ParamSpec("P")


class Others(Protocol):
    """Other processes that settle as well."""

    worker: int | None

    def leads(self, account: str) -> bool: ...


class Sweeper:
    """Settles what is due, each in a transaction of its own; what must wait for a platform's news waits."""

    def __init__(
        self,
        database: Database,
        routes: Routes,
        clock: Clock,
        horizon: Horizon,
        platforms: frozenset[str],
        settled: Callable[[], None],
        others: Others | None = None,
    ) -> None:
        self.database, self.routes, self.clock, self.others = database, routes, clock, others
        self.horizon, self.platforms, self.settled = horizon, platforms, settled
        self.watch, self.chatter = routes.house.watch, routes.house.chatter
        self.hangs_on: dict[str, frozenset[str]] = {}  # on which tables it hangs what is due of a sweep
        self.awaited: dict[tuple[str, int], datetime] = {}  # what is due but not heard out: since when that is so
        self.summary = turned.Summary()
        self.turn = asyncio.Lock()
        self.alarm = AsyncIOScheduler(timezone="UTC")

    async def run(self) -> None:
        """Until cancelled."""
        pause = EVERY if self.others is None else EVERY_AMONG_OTHERS
        every = {"seconds": pause.total_seconds(), "misfire_grace_time": None, "coalesce": True, "max_instances": 3}
        self.alarm.add_job(self.sweep, "interval", id="sweep", **every)
        self.alarm.start()
        try:
            await self.sweep()
            await asyncio.Event().wait()
        finally:
            self.alarm.shutdown(wait=False)

    async def sweep(self) -> None:
        """Everything that is due now, in the order of the features."""
        async with self.turn:
            try:
                await self.database.run(Session.connection)  # while it does not answer, nothing else is tried
                await self.settle_all()
                await self.look_ahead()
            except DBAPIError as fault:
                log.error("sweeping waits for the database", extra={"fault": type(fault).__name__})
            except Exception as fault:
                log.error("a sweep failed", extra={"fault": type(fault).__name__})

    async def settle_all(self) -> None:
        now = self.clock.now()
        if self.others is None or self.others.leads(HOUSE):
            await self.do_chores(now)
        await self.count(now)
        await self.settle_in_order(now)
        self.settled()

    async def do_chores(self, now: datetime) -> None:
        await self.chore(ledger.tell_unreadable, self.routes.house, now)
        await self.chore(ledger.prune, now)
        await self.chore(forget, now)
        await self.chore(ledger.note_silence, now)
        await self.chore(turned.prune, now)

    async def settle_in_order(self, now: datetime) -> None:
        """All are looked at together; one to come is looked at anew if what was done wrote to a table that it looks at."""
        found: dict[str, Sequence[Due]] = {}
        for place, sweep in enumerate(self.routes.sweeps):
            if sweep.name not in found:
                found |= await self.look([each for each in self.routes.sweeps[place:] if each.name not in found], now)
            changed = await self.settle_each(sweep, found[sweep.name], now)
            found = {name: dues for name, dues in found.items() if changed.isdisjoint(self.hangs_on[name])}

    async def count(self, now: datetime) -> None:
        """Write down what was turned away since the last round, and tell the log now and then; what cannot be written waits."""
        counted, self.watch.turned_away = self.watch.turned_away, Counter()
        if self.chatter is not None:
            counted["pause"], self.chatter.passed_over = self.chatter.passed_over, 0
        counted = +counted
        try:
            if counted:
                await self.database.run(turned.add, counted, now)
        except Exception as fault:
            self.watch.turned_away += counted
            log.error("not counted", extra={"fault": type(fault).__name__})
            return
        if told := self.summary.after(counted, now):
            log.info("turned away", extra=told)

    async def chore(self, work: Callable[Concatenate[Session, P], None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Housekeeping: a fault in it stops no deadline."""
        try:
            await self.database.run(work, *args, **kwargs)
        except Exception as fault:
            log.error("a chore failed", extra={"chore": work.__name__, "fault": type(fault).__name__})

    async def look(self, sweeps: Sequence[Sweep], now: datetime) -> dict[str, Sequence[Due]]:
        """What is ripe of each; of the first alone, if one of them cannot even look: it stops no other."""
        try:
            found = await self.database.run(self.all_ripe, sweeps, now)
        except Exception as fault:
            if len(sweeps) > 1:
                return await self.look(sweeps[:1], now)
            log.error("not looked", extra={"sweep": sweeps[0].name, "fault": type(fault).__name__})
            self.watch.failed(sweeps[0].name, WHOLE, now)
            self.hangs_on[sweeps[0].name] = frozenset()
            return {sweeps[0].name: ()}
        for name, dues in found.items():
            self.watch.still_due(name, {due.id for due in dues})
        return found

    def all_ripe(self, db: Session, sweeps: Sequence[Sweep], now: datetime) -> dict[str, Sequence[Due]]:
        return {sweep.name: self.ripe(db, sweep, now) for sweep in sweeps}

    def ripe(self, db: Session, sweep: Sweep, now: datetime) -> Sequence[Due]:
        with overheard(db) as said:
            found = self.ripe_now(db, sweep, now)
        self.hangs_on[sweep.name] = tables_in(said)
        return found

    def ripe_now(self, db: Session, sweep: Sweep, now: datetime) -> Sequence[Due]:
        due = sweep.due(db, now)
        if not sweep.after_intake:
            return due
        return [one for one in due if self.heard(db, sweep.name, one, now)]

    def heard(self, db: Session, name: str, due: Due, now: datetime) -> bool:
        """All that was said in time is worked off; or a platform is silent for so long, while others are not, that it must go on.

        The waiting is counted while this process runs: after a start each platform has its time to be heard.
        """
        platforms, missing = ledger.not_drained(db, due, self.platforms)
        if not missing:
            self.awaited.pop((name, due.id), None)
            return True
        since = self.awaited.setdefault((name, due.id), now)
        return missing != platforms and now - since >= self.routes.house.wait_for_platform

    async def settle_each(self, sweep: Sweep, dues: Sequence[Due], now: datetime) -> frozenset[str]:
        """The tables that they wrote to. Among other processes first those whose groups nobody is at, each beginning elsewhere."""
        changed, left = set[str](), list(dues)
        if self.others is not None and left:
            start = (self.others.worker or 0) * len(left) // FEW % len(left)
            tried = [(due, await self.settle(sweep, due, now, at_once=True)) for due in left[start:] + left[:start]]
            changed.update(*(wrote for _, wrote in tried if wrote is not None))
            left = [due for due, wrote in tried if wrote is None]
        for due in left:
            changed |= await self.settle(sweep, due, now) or frozenset()
        return frozenset(changed)

    async def settle(self, sweep: Sweep, due: Due, now: datetime, at_once: bool = False) -> frozenset[str] | None:
        """The tables that it wrote to; None: its group is in use. What raises is left, shown in /status, and tried again."""
        if not self.watch.may_try(sweep.name, due.id, now):
            return frozenset()
        try:
            changed = await self.database.run(self.settled_one, sweep, due, now, at_once)
        except Exception as fault:
            log.error("not settled", extra={"sweep": sweep.name, "due": due.id, "fault": type(fault).__name__})
            self.watch.failed(sweep.name, due.id, now)
            return frozenset()
        self.watch.went_well(sweep.name, due.id)
        return changed

    def settled_one(self, db: Session, sweep: Sweep, due: Due, now: datetime, at_once: bool) -> frozenset[str] | None:
        if at_once and due.other_group_id is None and is_in_use(db, due.group_id):
            return None
        sweep.settle(db, due.id, now, self.routes.house)
        return written(db)

    async def look_ahead(self) -> None:
        await self.database.run(self.horizon.look, self.routes.sweeps)
        if self.horizon.next_due is not None and self.horizon.next_due > self.clock.now():
            self.set_alarm()

    def set_alarm(self) -> None:
        """Wake for the earliest deadline, if it is sooner than the regular round; at once if it has passed."""
        if self.horizon.next_due is None or not self.alarm.running:
            return
        delay = max(timedelta(), self.horizon.next_due - self.clock.now())
        if delay < EVERY:
            self.alarm.modify_job("sweep", next_run_time=SystemClock().now() + delay)


def is_in_use(db: Session, group_id: int) -> bool:
    """Whether another transaction has the group; if not, it is ours until the end of this one."""
    free = select(GroupRow.id).filter_by(id=group_id).with_for_update(key_share=True, skip_locked=True)
    return db.scalar(free) is None and db.scalar(select(GroupRow.id).filter_by(id=group_id)) is not None
