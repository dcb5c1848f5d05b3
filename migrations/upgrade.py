"""Bringing a database to today's schema: looked at first, backed up, then changed in one transaction or not at all."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

HERE = Path(__file__).parent


class SchemaFault(Exception):
    """The database cannot be used as it is: `unknown` or newer revision, `foreign` tables, or `damaged` content."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(HERE))
    return made


def head() -> str:
    """The newest revision that this code knows."""
    found = ScriptDirectory.from_config(config()).get_current_head()
    assert found is not None
    return found


def revision(engine: Engine) -> str | None:
    """The database's own revision; None for an empty database. Raises SchemaFault("unknown")."""
    with engine.connect() as connection:
        return revision_on(connection)


def revision_on(connection: Connection) -> str | None:
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if current is not None and current not in known:
        raise SchemaFault("unknown")
    if current is None and inspect(connection).get_table_names():
        raise SchemaFault("foreign")
    return current


def upgrade(engine: Engine, back_up: Callable[[], None], to: str = "head") -> None:
    """Upgrade if there is anything to upgrade, after a backup if there is anything to lose."""
    current = revision(engine)
    if current == head():
        return
    if current is not None:
        back_up()
    with engine.connect() as connection:
        migrate(connection, to)


def migrate(connection: Connection, to: str) -> None:
    """All steps in one transaction, so that a kill at any statement leaves the old schema whole.

    On SQLite foreign keys rest while tables are rebuilt (they would delete every child row), and are checked before the end.
    """
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        foreign_keys(connection, "OFF")
    with connection.begin():
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, to)
        if sqlite and connection.execute(text("PRAGMA foreign_key_check")).first():
            raise SchemaFault("damaged")
    if sqlite:
        foreign_keys(connection, "ON")


def foreign_keys(connection: Connection, state: str) -> None:
    """Outside of any transaction, where alone SQLite heeds it."""
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.cursor().execute(f"PRAGMA foreign_keys={state}")


def check_file(path: Path) -> None:
    """Refuse a damaged SQLite file: SchemaFault("damaged")."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            healthy = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        healthy = False
    if not healthy:
        raise SchemaFault("damaged")
