"""The earliest deadline of all, known to those who wait for news and to those who set the alarm."""

import logging
import threading
from collections.abc import Sequence, Set
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.routing.feature import Sweep
from models.traffic import Traffic, overheard, tables_in, written

log = logging.getLogger(__name__)


class Horizon:
    """Remembers what each sweep saw ahead, and on which tables that hangs: it is asked again when one of them was written to."""

    def __init__(self) -> None:
        self.next_due: datetime | None = None
        self.ahead: dict[str, datetime | None] = {}
        self.hangs_on: dict[str, frozenset[str]] = {}  # of who is not in it nobody knows
        self.turn = threading.Lock()  # of two who look, the later one knows better

    def look(self, db: Session, sweeps: Sequence[Sweep], changed: Set[str] | None = None) -> None:
        """`changed`: the tables that were written to; None: any may have been."""
        with self.turn:
            wanted = [sweep for sweep in sweeps if changed is None or self.may_differ(sweep, changed)]
            if wanted:
                self.ask(db, wanted)
            self.next_due = min((at for at in self.ahead.values() if at is not None), default=None)

    def look_after(self, db: Session, sweeps: Sequence[Sweep], traffic: Traffic) -> None:
        """After what this transaction wrote, and others that have ended since somebody last asked."""
        self.look(db, sweeps, traffic.taken() | written(db))

    def may_differ(self, sweep: Sweep, changed: Set[str]) -> bool:
        return sweep.name not in self.hangs_on or not self.hangs_on[sweep.name].isdisjoint(changed)

    def ask(self, db: Session, sweeps: Sequence[Sweep]) -> None:
        """All in one savepoint; one by one only if one of them cannot say. Raises if it is the database that does not answer."""
        db.connection()
        try:
            with db.begin_nested():
                for sweep in sweeps:
                    self.ask_one(db, sweep)
        except Exception as fault:
            if isinstance(fault, DBAPIError) and fault.connection_invalidated:
                raise
            self.ask_each(db, sweeps, fault)

    def ask_one(self, db: Session, sweep: Sweep) -> None:
        with overheard(db) as said:
            self.ahead[sweep.name] = sweep.upcoming(db)
        self.hangs_on[sweep.name] = tables_in(said)

    def ask_each(self, db: Session, sweeps: Sequence[Sweep], fault: Exception) -> None:
        """Who cannot say is looked at in each regular round, and holds up nobody."""
        if len(sweeps) > 1:
            for sweep in sweeps:
                self.ask(db, [sweep])
            return
        log.error("cannot look ahead", extra={"sweep": sweeps[0].name, "fault": type(fault).__name__})
        self.ahead.pop(sweeps[0].name, None)
        self.hangs_on.pop(sweeps[0].name, None)
