"""`folkmoot partition`: the largest tables of a PostgreSQL database in parts, by group; in one transaction."""

import sys
from contextlib import closing

from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.holding import held
from bot.running import CONFIG, DATABASE, OK, report, tell
from migrations.parting import Made, Unequal, part_all
from migrations.upgrade import SchemaFault, head, revision
from models.database import Database

MOST = 256
OUT_OF_LOCKS = "53200"  # as PostgreSQL names it
FAULTS = {
    "address": (CONFIG, "The address must be of a PostgreSQL database: postgresql://user@host/name"),
    "parts": (CONFIG, f"Name from 1 to {MOST} parts."),
    "older": (DATABASE, "The database is of another version. Start this Folkmoot on it once, stop it, then partition it."),
    "locks": (DATABASE, "The server has too few locks for that. Raise its max_locks_per_transaction, or name fewer parts."),
    "unequal": (DATABASE, "{table} is not the same in parts. Nothing was changed; please report this."),
    "astray": (DATABASE, "A row names one of another group. Nothing was changed; please report this."),
}


class PartFault(Exception):
    """It cannot be done; nothing of it stands."""

    def __init__(self, why: str, table: str = "") -> None:
        super().__init__(why)
        self.why, self.table = why, table


def partition(url: str, parts: int) -> int:
    """The exit code."""

    def work() -> int:
        try:
            made = parted(url, parts)
        except PartFault as fault:
            code, sentence = FAULTS[fault.why]
            return tell(code, sentence.format(table=fault.table))
        sys.stdout.write(told(made, parts))
        return OK

    return report(work)


def parted(url: str, parts: int) -> list[Made]:
    """It is held meanwhile: no bot runs on it. Raises Held, PartFault."""
    if make_url(url).get_backend_name() != "postgresql":
        raise PartFault("address")
    if not 1 <= parts <= MOST:
        raise PartFault("parts")
    with closing(Database(url)) as database, held(database.engine):
        check_revision(database)
        try:
            with database.engine.begin() as connection:
                return list(part_all(connection, parts))
        except Unequal as fault:
            raise PartFault("unequal", fault.table) from None
        except IntegrityError:
            raise PartFault("astray") from None
        except OperationalError as fault:
            if getattr(fault.orig, "sqlstate", None) == OUT_OF_LOCKS:
                raise PartFault("locks") from None
            raise


def check_revision(database: Database) -> None:
    try:
        if revision(database.engine) != head():
            raise PartFault("older")
    except SchemaFault:
        raise PartFault("older") from None


def told(made: list[Made], parts: int) -> str:
    how = f"rows in {parts} parts, equal" if parts > 1 else "rows, its keys with the group in them"
    lines = [f"{one.table}: {one.rows} {how}" for one in made]
    last = "The bot can start on it as before." if made else "It is in parts already; nothing was changed."
    return "".join(f"{line}\n" for line in (*lines, last))
