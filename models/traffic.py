"""Which tables are read and written, read off the statements that a database is sent."""

import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session, SessionTransaction

from models.base import Base

WRITTEN, SAID = "written", "said"  # in a connection's `info`
WIRE = "wire"  # in a session's `info`: its transaction, and the `info` of that one's connection
WRITING = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)")
WORD = re.compile(r"\w+")


class Traffic:
    """The tables that were written to since somebody last asked. A table counts once its transaction has ended."""

    def __init__(self, engine: Engine) -> None:
        self.written: set[str] = set()
        self.counts = Counter[str]()  # of writes to each table, since the start
        self.turn = threading.Lock()
        event.listen(engine, "before_cursor_execute", note)
        event.listen(engine, "checkin", self.publish)

    def publish(self, connection: Any, record: Any) -> None:
        if written := record.info.pop(WRITTEN, None):
            with self.turn:
                self.written |= written.keys()
                self.counts += written

    def taken(self) -> set[str]:
        """What was written until now; it is told once."""
        with self.turn:
            taken, self.written = self.written, set()
        return taken


def note(connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
    if found := WRITING.match(statement):
        count_write(connection.info, found[1])
    elif SAID in connection.info:
        connection.info[SAID].append(statement)


def count_write(info: dict[Any, Any], table: str) -> None:
    counts = info.setdefault(WRITTEN, Counter())
    counts[table] += 1


def info_of(db: Session) -> dict[Any, Any]:
    """The `info` of the connection on which the session's transaction runs. A savepoint is not made before its first question."""
    known = db.info.get(WIRE)
    if known is not None and known[0] is innermost(db):
        return known[1]  # type: ignore[no-any-return]
    found: dict[Any, Any] = db.connection().info
    db.info[WIRE] = innermost(db), found
    return found


def innermost(db: Session) -> SessionTransaction | None:
    return db.get_nested_transaction() or db.get_transaction()


def written(db: Session) -> frozenset[str]:
    """The tables that this transaction has written to until now."""
    db.flush()
    return frozenset(info_of(db).get(WRITTEN, ()))


def writes(db: Session, *tables: str) -> int:
    """Grows with each statement that writes; to these tables, if any are named."""
    counts = info_of(db).get(WRITTEN, {})
    return sum(counts.get(table, 0) for table in tables or counts)


def is_unwritten(db: Session, tables: frozenset[str]) -> bool:
    """Whether nothing was written to them in this transaction, nor waits to be."""
    waiting = {each.__tablename__ for each in (*db.new, *db.dirty, *db.deleted)}
    return tables.isdisjoint(waiting) and tables.isdisjoint(info_of(db).get(WRITTEN, ()))


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
