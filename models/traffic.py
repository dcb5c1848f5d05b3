"""Which tables are read and written, read off the statements that a database is sent."""

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from models.base import Base

WRITTEN, WRITES, SAID = "written", "writes", "said"  # in a connection's `info`
WRITING = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)")
WORD = re.compile(r"\w+")


class Traffic:
    """The tables that were written to since somebody last asked. A table counts once its transaction has ended."""

    def __init__(self, engine: Engine) -> None:
        self.written: set[str] = set()
        self.turn = threading.Lock()
        event.listen(engine, "before_cursor_execute", note)
        event.listen(engine, "checkin", self.publish)

    def publish(self, connection: Any, record: Any) -> None:
        if written := record.info.pop(WRITTEN, None):
            with self.turn:
                self.written |= written

    def taken(self) -> set[str]:
        """What was written until now; it is told once."""
        with self.turn:
            taken, self.written = self.written, set()
        return taken


def note(connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
    if found := WRITING.match(statement):
        info = connection.info
        info.setdefault(WRITTEN, set()).add(found[1])
        info[WRITES] = info.get(WRITES, 0) + 1
    elif SAID in connection.info:
        connection.info[SAID].append(statement)


def written(db: Session) -> frozenset[str]:
    """The tables that this transaction has written to until now."""
    db.flush()
    return frozenset(db.connection().info.get(WRITTEN, ()))


def writes(db: Session) -> int:
    """Grows with each statement that writes."""
    found: int = db.connection().info.get(WRITES, 0)
    return found


def is_unwritten(db: Session, tables: frozenset[str]) -> bool:
    """Whether nothing was written to them in this transaction, nor waits to be."""
    waiting = {each.__tablename__ for each in (*db.new, *db.dirty, *db.deleted)}
    return tables.isdisjoint(waiting) and tables.isdisjoint(db.connection().info.get(WRITTEN, ()))


@contextmanager
def overheard(db: Session) -> Iterator[list[str]]:
    """The questions that are put to the database meanwhile."""
    info = db.connection().info
    said = info[SAID] = []
    try:
        yield said
    finally:
        del info[SAID]


def tables_in(statements: Sequence[str]) -> frozenset[str]:
    """Tables that they may speak of: any word in them that is the name of one."""
    return frozenset(word for statement in statements for word in WORD.findall(statement)) & Base.metadata.tables.keys()
