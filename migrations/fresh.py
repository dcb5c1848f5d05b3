"""`python -m migrations.fresh`, after each new step, writes fresh.sql: what all steps make of an empty SQLite file.

A new file gets it at once, for the steps take a second, which each newcomer would wait. A test holds it to the steps.
"""

import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine

from migrations.upgrade import FRESH, head, migrate

REVISION = "INSERT INTO alembic_version VALUES ('{}')"
CONSTRAINTS = re.compile(r"(?:\tCONSTRAINT .*\n)+")  # the end of each table
VIRTUAL = re.compile(r"CREATE VIRTUAL TABLE (\w+)")


def by_all_steps() -> str:
    """What the steps make of an empty file, as a script."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fresh.sqlite"
        engine = create_engine(f"sqlite:///{file}")
        with engine.connect() as connection:
            migrate(connection, "head")
        engine.dispose()
        with closing(sqlite3.connect(file)) as made:
            return script(made)


def script(made: sqlite3.Connection) -> str:
    """Tables in the order in which they were made, then what hangs on them; a virtual table brings its own with it."""
    found = made.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type <> 'table', type, iif(type = 'table', rowid, name)"
    )
    parts = [sql for (sql,) in found]
    own = tuple(f"CREATE TABLE '{virtual[1]}_" for part in parts if (virtual := VIRTUAL.match(part))) or ("\0",)
    told = [CONSTRAINTS.sub(in_order, part) for part in parts if not part.startswith(own)]
    return "".join(f"{part};\n\n" for part in [*told, REVISION.format(head())])


def in_order(constraints: re.Match[str]) -> str:
    """The same at each run: a table that a step rebuilt has them in an order of chance."""
    return ", \n".join(sorted(line.rstrip(", ") for line in constraints[0].splitlines())) + "\n"


if __name__ == "__main__":
    FRESH.write_text(by_all_steps(), encoding="utf-8")
