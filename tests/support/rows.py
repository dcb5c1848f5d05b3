"""A database full of rows that nobody would write: as large, as odd and as early as their columns allow."""

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, DateTime, Integer, LargeBinary, Table, insert, select, update
from sqlalchemy.engine import make_url

from models import Base
from models.base import UtcDateTime
from models.database import engine_for

BEYOND = 2**31  # what a column of 32 bits does not hold
LETTERS = "aZ \n\t'\"\\%:é🎹한\u202e\u0301\u2028{}[]0\ufffd\U0010ffff"
KEPT: tuple[Any, ...] = (None, {}, {"blocks": [], "n": 2**40, "é": [None, True, 0.1, "🎹"]}, [1, [2, {"a": ""}]])
FIRST = datetime(1970, 1, 1, tzinfo=UTC)


def fill(url: str, dice: random.Random, rows: int) -> None:
    """So many in each table, fewer where they would be the same; rows may name later ones of their own table."""
    keys: dict[str, list[int]] = {}
    engine = engine_for(url)
    with engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        for table in Base.metadata.sorted_tables:
            keys[table.name] = [BEYOND + n if table.name != "groups" else n for n in range(1, rows + 1)]
            made = [row(table, n, keys, dice) for n in range(rows)]
            connection.execute(insert(table).prefix_with("OR IGNORE"), made)
            if "id" in table.c:
                keep_sound(connection, table, keys)
        connection.commit()
    engine.dispose()


def keep_sound(connection: Connection, table: Table, keys: dict[str, list[int]]) -> None:
    """Of the rows that were not taken nothing is named."""
    keys[table.name] = list(connection.scalars(select(table.c.id)))
    for column in table.c:
        if any(key.column.table is table for key in column.foreign_keys):
            connection.execute(update(table).where(column.not_in(keys[table.name])).values({column.name: None}))


def row(table: Table, n: int, keys: dict[str, list[int]], dice: random.Random) -> dict[str, Any]:
    return {column.name: value(column, n, keys, dice) for column in table.c}


def value(column: Column[Any], n: int, keys: dict[str, list[int]], dice: random.Random) -> Any:
    if column.nullable and dice.random() < 0.3:
        return None
    for key in column.foreign_keys:
        return dice.choice(keys[key.column.table.name])
    if column.primary_key and column.name == "id":
        return keys[column.table.name][n]
    return plain(column.type, dice)


def plain(kind: Any, dice: random.Random) -> Any:
    match kind:
        case Boolean():
            return dice.random() < 0.5
        case UtcDateTime() | DateTime():
            return FIRST + timedelta(days=dice.randrange(90_000), microseconds=dice.randrange(10**11))
        case Date():
            return FIRST.date() + timedelta(days=dice.randrange(90_000))
        case LargeBinary():
            return dice.randbytes(dice.randrange(40))
        case JSON():
            return dice.choice(KEPT)
        case Integer():
            return dice.choice((0, -1, 1, 2**31 - 1, dice.randrange(10**6)))
    return "".join(dice.choices(LETTERS, k=dice.randrange(30)))


def sound(url: str) -> bool:
    """Whether every row that is named is there."""
    with closing(sqlite3.connect(str(make_url(url).database))) as connection:
        return connection.execute("PRAGMA foreign_key_check").fetchone() is None
