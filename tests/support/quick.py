"""Databases for tests in which nobody pulls the plug: SQLite does not wait for the disk."""

import sqlite3
from typing import Any

from sqlalchemy import event

from models.database import Database


def quick(url: str) -> Database:
    database = Database(url)
    if database.one_writer:
        event.listen(database.engine, "connect", hurry)
    return database


def hurry(connection: sqlite3.Connection, _: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")
