"""What a PostgreSQL database holds at one instant, written into a SQLite file of the same revision: a copy that needs no tools."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Connection, Engine, inspect, text

AT_A_TIME = 1_000  # rows
OURS = {"alembic_version", "entry_words"}  # laid by the revision itself; kept in another way by each database
WORDS = text("SELECT group_id, place, tsvector_to_array(words) FROM entry_words ORDER BY group_id, place")
WIDTH = 32  # bits of a place, in the number by which SQLite knows an entry's words


def write(server: Engine, file: Path, lay: Callable[[Path, str], None]) -> None:
    """`lay`: makes the empty tables of a revision in a file. All is read in one transaction, which keeps nobody from writing."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with server.connect().execution_options(**options) as reading, reading.begin():
        lay(file, str(reading.scalar(text("SELECT version_num FROM alembic_version"))))
        with closing(sqlite3.connect(file, isolation_level=None)) as writing:
            writing.execute("PRAGMA foreign_keys=OFF")
            writing.execute("BEGIN")
            pour(reading, writing)
            if writing.execute("PRAGMA foreign_key_check").fetchone():
                raise ValueError("rows that name what is not there")
            writing.execute("COMMIT")
            writing.execute("PRAGMA journal_mode=DELETE")  # all in one file


def pour(reading: Connection, writing: sqlite3.Connection) -> None:
    names = set(inspect(reading).get_table_names())
    for table in sorted(names - OURS):
        kinds = columns(reading, table)
        listed, places = ", ".join(f'"{name}"' for name in kinds), ", ".join("?" * len(kinds))
        for rows in portions(reading, table, kinds):
            writing.executemany(f'INSERT INTO "{table}" ({listed}) VALUES ({places})', rows)  # noqa: S608 (the schema's own names)
    if "entry_words" in names:
        for group_id, place, words in reading.execute(WORDS):
            kept = " ".join(word for word in words if not word.startswith("/"))
            writing.execute("INSERT INTO entry_words (rowid, words) VALUES (?, ?)", (group_id << WIDTH | place, kept))


def columns(reading: Connection, table: str) -> dict[str, bool]:
    """Names, in order -> whether it is JSON, which travels as its text."""
    return {str(each["name"]): isinstance(each["type"], JSON) for each in inspect(reading).get_columns(table)}


def portions(reading: Connection, table: str, kinds: Mapping[str, bool]) -> Iterator[list[Sequence[Any]]]:
    wanted = (f'CAST("{name}" AS TEXT)' if is_json else f'"{name}"' for name, is_json in kinds.items())
    query = text(f'SELECT {", ".join(wanted)} FROM "{table}"')  # noqa: S608 (the schema's own names)
    for rows in reading.execution_options(yield_per=AT_A_TIME).execute(query).partitions():
        yield [[plain(value) for value in row] for row in rows]


def plain(value: Any) -> Any:
    """As SQLite keeps it."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    return value.isoformat() if isinstance(value, date) else value
