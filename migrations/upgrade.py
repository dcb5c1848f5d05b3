"""Bringing a database to today's schema: looked at first, backed up, then changed in one transaction or not at all."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

Steps = Callable[[Engine, str], None]
HERE = Path(__file__).parent
FRESH = HERE / "fresh.sql"  # what all steps make of an empty SQLite file; `python -m migrations.fresh` writes it
UPGRADING = 0x466F6C6C  # held while the steps run: a process that was killed may have left its upgrade at work


class SchemaFault(Exception):
    """The database cannot be used as it is: `unknown` or newer revision, `foreign` tables, or `damaged` content."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def config() -> "Config":
    """Alembic is loaded only when there is something to migrate: it costs 12 MB and a fifth of a second."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(HERE))
    return made


def revisions() -> list[str]:
    """Those that this code knows, oldest first: each file of versions/ begins with its own."""
    return sorted(path.name.split("_")[0] for path in (HERE / "versions").glob("[0-9]*_*.py"))


def head() -> str:
    """The newest revision that this code knows."""
    return revisions()[-1]


def revision(engine: Engine) -> str | None:
    """The database's own revision; None for an empty database. Raises SchemaFault("unknown" or "foreign")."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        current = connection.scalar(text("SELECT version_num FROM alembic_version")) if "alembic_version" in tables else None
    if current is not None and current not in revisions():
        raise SchemaFault("unknown")
    if current is None and set(tables) - {"alembic_version"}:
        raise SchemaFault("foreign")
    return current


def migrate_here(engine: Engine, to: str) -> None:
    with engine.connect() as connection:
        migrate(connection, to)


def lay_fresh(engine: Engine) -> None:
    """Today's schema in an empty SQLite file, all in one transaction: a kill leaves it empty, or whole."""
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.cursor().executescript(f"BEGIN IMMEDIATE;\n{FRESH.read_text(encoding='utf-8')}COMMIT;\n")


def upgrade(engine: Engine, back_up: Callable[[], None], to: str = "head", steps: Steps = migrate_here) -> None:
    """Upgrade if there is anything to upgrade, after a backup if there is anything to lose."""
    current = revision(engine)
    if current is None and to == "head" and engine.dialect.name == "sqlite":
        lay_fresh(engine)
    elif current != head():
        if current is not None:
            back_up()
        steps(engine, to)


def migrate(connection: Connection, to: str) -> None:
    """All steps in one transaction, so that a kill at any statement leaves the old schema whole.

    On SQLite foreign keys rest while tables are rebuilt (they would delete every child row), and are checked before the end.
    """
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        foreign_keys(connection, "OFF")
    with connection.begin():
        if not sqlite:  # whose transactions are alone from their beginning on
            connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADING})"))
        take_steps(connection, to)
        if sqlite and connection.execute(text("PRAGMA foreign_key_check")).first():
            raise SchemaFault("damaged")
    if sqlite:
        foreign_keys(connection, "ON")


def take_steps(connection: Connection, to: str = "head") -> None:
    """Those that are left, in the transaction that is under way."""
    from alembic import command

    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, to)


def foreign_keys(connection: Connection, state: str) -> None:
    """Outside of any transaction, where alone SQLite heeds it."""
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.cursor().execute(f"PRAGMA foreign_keys={state}")


def check_file(path: Path, patience: float = 5.0) -> None:
    """Refuse a damaged SQLite file: SchemaFault("damaged"). What is locked for so many seconds is judged by whoever opens it."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", timeout=patience, uri=True)) as connection:
            healthy = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.OperationalError:
        return
    except sqlite3.DatabaseError:
        healthy = False
    if not healthy:
        raise SchemaFault("damaged")
