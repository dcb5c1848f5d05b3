"""Copying tables from SQLite to PostgreSQL, and telling by a fingerprint that both hold the same."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    String,
    Table,
    Text,
    bindparam,
    cast,
    insert,
    inspect,
    select,
    text,
    type_coerce,
)

AT_A_TIME = 1_000  # rows
Values = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a table holds: how many rows, and the SHA-256 of all of them in the order of their key."""

    table: str
    rows: int
    digest: str


class Shelf(Protocol):
    """A table on both databases."""

    name: str

    def read(self, connection: Connection) -> Iterator[Sequence[Values]]: ...

    def write(self, connection: Connection, rows: Sequence[Values]) -> None: ...


def carried(shelf: Shelf, source: Connection, target: Connection) -> Contents:
    """Into an empty table, in portions."""

    def passed_on() -> Iterator[Sequence[Values]]:
        for rows in shelf.read(source):
            shelf.write(target, rows)
            yield rows

    return contents(shelf.name, passed_on())


def found(shelf: Shelf, connection: Connection) -> Contents:
    return contents(shelf.name, shelf.read(connection))


def contents(name: str, portions: Iterable[Sequence[Values]]) -> Contents:
    digest, count = hashlib.sha256(), 0
    for rows in portions:
        count += len(rows)
        for row in rows:
            digest.update(json.dumps([plain(value) for value in row]).encode() + b"\n")
    return Contents(name, count, digest.hexdigest())


def plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    return value.isoformat() if isinstance(value, date) else value


class TableShelf:
    """A table that models describe. JSON travels as its text, so that it arrives as it was written."""

    def __init__(self, table: Table) -> None:
        self.table, self.name = table, table.name

    def read(self, connection: Connection) -> Iterator[Sequence[Values]]:
        query = select(*map(as_text, self.table.c)).order_by(*(bytewise(connection, key) for key in self.table.primary_key))
        yield from connection.execution_options(yield_per=AT_A_TIME).execute(query).partitions()

    def write(self, connection: Connection, rows: Sequence[Values]) -> None:
        names = [column.name for column in self.table.c]
        values = {column.name: parameter(column) for column in self.table.c}
        connection.execute(insert(self.table).values(values), [dict(zip(names, row, strict=True)) for row in rows])

    def number_on(self, connection: Connection) -> None:
        """New rows get numbers above all that there are."""
        for key in self.table.primary_key if len(self.table.primary_key) == 1 else ():
            last = connection.scalar(select(key).order_by(key.desc()).limit(1))
            sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :key)"), {"table": self.name, "key": key.name})
            if sequence and last:
                connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def as_text(column: Column[Any]) -> ColumnElement[Any]:
    return type_coerce(cast(column, Text), Text) if isinstance(column.type, JSON) else column


def parameter(column: Column[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, JSON):
        return cast(bindparam(column.name, type_=Text), column.type)
    return bindparam(column.name, type_=column.type)


def bytewise(connection: Connection, key: Column[Any]) -> ColumnElement[Any]:
    """In the same order on both, whatever the server's language."""
    return key.collate("C") if isinstance(key.type, String) and connection.dialect.name != "sqlite" else key


@contextmanager
def checked_at_the_end(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Rows that name a later one of their own table may come before it, as long as all are there at the end of the block."""
    within = [(table.name, key["name"]) for table in tables for key in own_keys(connection, table)]
    for table, key in within:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{key}" DEFERRABLE INITIALLY DEFERRED')
    yield
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table, key in within:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{key}" NOT DEFERRABLE')


def own_keys(connection: Connection, table: Table) -> list[Any]:
    return [key for key in inspect(connection).get_foreign_keys(table.name) if key["referred_table"] == table.name]
