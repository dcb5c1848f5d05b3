"""Two rows in every table of a database of any revision, whatever its columns: to be found again after what is done to it."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Connection, MetaData, Table

ROWS = 2
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
Content = dict[str, list[dict[str, Any]]]  # table -> its rows
WORDS = {
    "public": '{"facts": {"draw": "D-1", "text": "soup"}, "kind": "draw"}',
    "personal": "{}",
    "body": '{"blocks": [], "rows": []}',
}
NOT_OURS = ("alembic_version", "entry_words")  # what is found by words is made from the register


def fill(connection: Connection) -> Content:
    """What stands there now."""
    for table in tables_of(connection):
        for number in range(1, ROWS + 1):
            connection.execute(table.insert(), [{column.name: value(column, number) for column in table.columns}])
    return content(connection)


def tables_of(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: not name.startswith(NOT_OURS))
    return list(metadata.sorted_tables)


def value(column: Column[Any], number: int) -> Any:
    """A key leads to the row with the same number, and only to tables that are filled before."""
    if column.foreign_keys:
        own = any(key.column.table is column.table for key in column.foreign_keys)
        return None if column.nullable and own else number
    if column.primary_key and isinstance(column.type, sa.Integer):
        return number
    if column.name in WORDS:
        return WORDS[column.name]
    return plain(column.type, number, column.name)


def plain(kind: Any, number: int, name: str) -> Any:
    match kind:
        case sa.Boolean():
            return False
        case sa.DateTime():
            return NOON
        case sa.Date():
            return NOON.date()
        case sa.JSON():
            return {}
        case sa.LargeBinary():
            return bytes([number])
        case sa.Integer():
            return number
    return f"{name} {number}"


def content(connection: Connection, like: Content | None = None) -> Content:
    """All rows of all tables; or of those tables and columns that are in another content."""
    found = {table.name: rows_of(connection, table, (like or {}).get(table.name)) for table in tables_of(connection)}
    return {name: rows for name, rows in found.items() if like is None or name in like}


def rows_of(connection: Connection, table: Table, like: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    rows = [row._mapping for row in connection.execute(table.select())]
    columns = like[0].keys() if like else table.columns.keys()
    return sorted(({name: row[name] for name in columns} for row in rows), key=repr)
