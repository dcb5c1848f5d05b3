"""The database: an engine set up as its kind needs, and transactions."""

import asyncio
import functools
import logging
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, Executable, create_engine, event, inspect, literal, text
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute, Session

from models import held
from models.base import Base
from models.traffic import Traffic

if TYPE_CHECKING:
    from psycopg.errors import Diagnostic  # loaded by those who are on PostgreSQL

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")

LANES = 6  # transactions side by side on PostgreSQL
SCRUB = "scrub"  # in a session's `info`: what is to be scrubbed once it has committed (see `scrub_after`)
PATIENCE = 500  # milliseconds that a VACUUM waits for a reader; it is tried again later
GIVES_UP = "-c idle_in_transaction_session_timeout=5s"
BUSY = 5_000  # milliseconds that SQLite waits for another writer


def engine_for(url: str, *, reading: bool = False, shared: bool = False) -> Engine:
    """An engine on SQLite (one writer, WAL, every commit on disk) or PostgreSQL. `reading`: it keeps nobody from writing.

    `shared`: what other processes wait for is given up if this one hangs.
    """
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=8, connect_args={"options": GIVES_UP} if shared else {})
    engine = create_engine(url, connect_args={"timeout": BUSY / 1000, "check_same_thread": False, "isolation_level": None})
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_reading if reading else begin_immediate)
    return engine


@contextmanager
def let_go(engine: Engine) -> Iterator[Engine]:
    """For the block; all its connections are closed at the end."""
    try:
        yield engine
    finally:
        engine.dispose()


def drop_all(connection: Connection) -> None:
    """Every table of a PostgreSQL database, with whatever names it."""
    for table in inspect(connection).get_table_names():
        connection.execute(text(f'DROP TABLE "{table}" CASCADE'))


def prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY}", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@dataclass(frozen=True, slots=True)
class Scrub:
    """Tables that must not remember what was taken from them, and what is to be done once they do not."""

    tables: Sequence[str]
    then: Callable[[Session], None]
    sampled: Sequence[str]  # tables of which whatever else holds something is to be written anew


def begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN DEFERRED")


class Kept:
    """Counts the dead rows that a VACUUM says it had to keep: the first number of each detail, in whatever language."""

    def __init__(self) -> None:
        self.rows = 0

    def note(self, said: "Diagnostic") -> None:
        if found := re.search(r"\d+", said.message_detail or ""):
            self.rows += int(found[0])


class Database:
    """Transactions on one database. A transaction commits as a whole or leaves nothing."""

    def __init__(self, url: str, *, reading: bool = False, shared: bool = False) -> None:
        self.url = url
        self.engine = engine_for(url, reading=reading, shared=shared)
        self.traffic = Traffic(self.engine)
        held.watch(self.engine)
        self.one_writer = self.engine.dialect.name == "sqlite"
        self.threads = ThreadPoolExecutor(1 if self.one_writer else LANES, thread_name_prefix="lane")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as db, db.begin():
            yield db

    async def run(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`work(db, ...)` in a transaction of its own, in a worker thread."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, lambda: self.transact(work, *args, **kwargs))

    def transact(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self.transaction() as db:
            done = work(db, *args, **kwargs)
        wanted: list[Scrub] = db.info.get(SCRUB, [])
        tables = {table for each in wanted for table in each.tables}
        sampled = {table for each in wanted for table in each.sampled}
        if wanted and self.scrub(sorted(tables), sorted(sampled)):
            for each in wanted:
                self.transact(each.then)
        return done

    def scrub(self, tables: Sequence[str], sampled: Sequence[str] = ()) -> bool:
        """Wipe what the database has put aside of rows that are gone: SQLite's log of changes, PostgreSQL's dead rows.

        `sampled`: tables of which whatever else may hold something is written anew.
        """
        try:
            done = self.empty_log(bool(sampled)) if self.one_writer else self.vacuum(tables, sampled)
        except (DBAPIError, sqlite3.Error):
            done = False
        if not done:
            log.error("not scrubbed")
        return done

    def empty_log(self, anew: bool) -> bool:
        """False while another process reads. `anew`: the file is written anew, for a page from which rows were moved keeps them."""
        connection = self.engine.raw_connection()
        try:
            if anew:
                connection.cursor().execute("VACUUM")
            busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
        return not busy

    def vacuum(self, tables: Sequence[str], sampled: Sequence[str]) -> bool:
        """False while a transaction anywhere may still look at old rows: they are kept for it, or it holds the table."""
        kept = Kept()
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.add_notice_handler(kept.note)
            try:
                connection.exec_driver_sql(f"SET lock_timeout = {PATIENCE}")  # who waits for a table makes all others wait
                connection.exec_driver_sql(f"VACUUM (FULL, VERBOSE) {', '.join(tables)}")
                if sampled:  # the samples that a server has taken of the old rows, too; skipped for who may not
                    connection.exec_driver_sql(f"ANALYZE {', '.join(sampled)}")
                    connection.exec_driver_sql("VACUUM (FULL) pg_statistic")
            finally:
                connection.exec_driver_sql("RESET lock_timeout")
                driver.remove_notice_handler(kept.note)
        return not kept.rows

    def close(self) -> None:
        self.threads.shutdown(wait=True)
        self.engine.dispose()


def scrub_after(
    db: Session, tables: Sequence[str], then: Callable[[Session], None], anew: bool = False, also_sampled: Sequence[str] = ()
) -> None:
    """Once this has committed, wipe what the database has put aside of these tables' old rows, and then do this.

    `anew`: whatever else may hold something of them is written anew: the whole file on SQLite, a server's own samples of them
    and of those that are `also_sampled`.

    It may fail, or the process end before: whoever wants it keeps in a row that it is still to be done.
    """
    db.info.setdefault(SCRUB, []).append(Scrub(tables, then, [*tables, *also_sampled] if anew else []))


def is_alone(db: Session) -> bool:
    """Whether nobody else writes while this transaction lasts, so that what was read is still so."""
    return db.get_bind().dialect.name == "sqlite"


def add_if_new(db: Session, row: type[Base], **values: Any) -> bool:
    """Insert the row unless one with the same unique key stands there; says whether it was new."""
    build = sqlite_insert if db.get_bind().dialect.name == "sqlite" else postgresql_insert
    found = db.execute(build(row).values(**values).on_conflict_do_nothing().returning(literal(1)))
    return found.first() is not None


def add_new(db: Session, key: InstrumentedAttribute[T], rows: Sequence[dict[str, Any]]) -> set[T]:
    """Insert those rows whose unique keys are not there yet, all in one; gives the `key` column of those that were new."""
    return set(db.connection().execute(adding(key, db.get_bind().dialect.name), list(rows)).scalars())


@functools.cache
def adding(key: InstrumentedAttribute[T], dialect: str) -> Executable:
    table = key.class_.__table__
    build = sqlite_insert if dialect == "sqlite" else postgresql_insert
    return build(table).on_conflict_do_nothing().returning(table.c[key.key])
