"""Databases for tests in which nobody pulls the plug: SQLite does not wait for the disk.

All of one kind in one process speak one dialect, so that a statement is put into words once and not once in each test.
"""

import sqlite3
from typing import Any

from sqlalchemy import Dialect, event
from sqlalchemy.util import LRUCache

from models.database import Database

DIALECTS: dict[str, Dialect] = {}
WORDED: LRUCache[Any, Any] = LRUCache(5_000)


def quick(url: str) -> Database:
    database = Database(url)
    if database.one_writer:
        event.listen(database.engine, "connect", hurry)
    return worded_once(database)


def worded_once(database: Database) -> Database:
    engine = database.engine
    with engine.connect():
        engine.dialect = DIALECTS.setdefault(engine.dialect.name, engine.dialect)
    engine.update_execution_options(compiled_cache=WORDED)
    return database


def hurry(connection: sqlite3.Connection, _: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")
