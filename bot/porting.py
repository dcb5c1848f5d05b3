"""`folkmoot port`: all that a SQLite file holds into an empty PostgreSQL database, in one transaction: as a whole or not at all."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError

from bot.commons import finding
from bot.holding import held
from bot.running import CONFIG, DATABASE, OK, report, tell
from migrations.upgrade import SchemaFault, check_file, head, revision, take_steps
from models import Base
from models.copying import AT_A_TIME, Contents, Shelf, TableShelf, Values, carried, checked_at_the_end, found
from models.database import Database
from models.snapshot import WORDS as SERVED_WORDS

KEPT_WORDS = text("SELECT rowid >> 32, rowid & 4294967295, words FROM entry_words ORDER BY rowid")
NEW_WORDS = text("INSERT INTO entry_words (group_id, place, words) VALUES (:group_id, :place, array_to_tsvector(:words))")
FAULTS = {
    "source": (CONFIG, "The first address must be of a SQLite file that is there: sqlite:////home/you/folkmoot.sqlite"),
    "target": (CONFIG, "The second address must be of a PostgreSQL database: postgresql://user@host/name"),
    "older": (DATABASE, "The SQLite file is of another version. Start this Folkmoot on it once, stop it, then port it."),
    "damaged": (DATABASE, "The SQLite file is damaged. Port a backup of it instead."),
    "not empty": (DATABASE, "The PostgreSQL database holds tables already. Name an empty one; nothing was changed."),
    "unfit": (DATABASE, "{table} holds something that PostgreSQL cannot keep, such as a zero byte. Nothing was changed."),
    "unequal": (DATABASE, "{table} is not the same after copying. Nothing was changed; please report this."),
}


class PortFault(Exception):
    """It cannot be done; nothing of it stands."""

    def __init__(self, why: str, table: str = "") -> None:
        super().__init__(why)
        self.why, self.table = why, table


def port(source: str, target: str) -> int:
    """The exit code."""

    def work() -> int:
        try:
            moved = ported(source, target)
        except PortFault as fault:
            code, sentence = FAULTS[fault.why]
            return tell(code, sentence.format(table=fault.table))
        sys.stdout.write(told(moved))
        return OK

    os.umask(0o077)
    return report(work)


def ported(source: str, target: str) -> list[Contents]:
    """Both are held meanwhile: no bot runs on either. Raises Held, PortFault."""
    check_addresses(source, target)
    with closing(Database(source, reading=True)) as old, closing(Database(target)) as new, held(old.engine), held(new.engine):
        check_source(old)
        with old.engine.begin() as reading, new.engine.begin() as writing:
            if inspect(writing).get_table_names():
                raise PortFault("not empty")
            take_steps(writing)
            return carry(reading, writing)


def check_addresses(source: str, target: str) -> None:
    old, new = make_url(source), make_url(target)
    if old.get_backend_name() != "sqlite" or not old.database or not Path(old.database).is_file():
        raise PortFault("source")
    if new.get_backend_name() != "postgresql":
        raise PortFault("target")


def check_source(old: Database) -> None:
    try:
        check_file(Path(str(old.engine.url.database)))
        if revision(old.engine) != head():
            raise PortFault("older")
    except SchemaFault as fault:
        raise PortFault("damaged" if fault.why == "damaged" else "older") from None


def carry(reading: Connection, writing: Connection) -> list[Contents]:
    """Table by table, those first that others name; then all is read again and compared."""
    tables = Base.metadata.sorted_tables
    numbered = [TableShelf(each) for each in tables]
    shelves: list[Shelf] = [*numbered, WordsShelf()]
    with checked_at_the_end(writing, tables):
        before = [shelved(shelf, reading, writing) for shelf in shelves]
    for table in numbered:
        table.number_on(writing)
    for was, shelf in zip(before, shelves, strict=True):
        if found(shelf, writing) != was:
            raise PortFault("unequal", was.table)
    return before


def shelved(shelf: Shelf, reading: Connection, writing: Connection) -> Contents:
    try:
        return carried(shelf, reading, writing)
    except DataError:
        raise PortFault("unfit", shelf.name) from None


def told(moved: list[Contents]) -> str:
    lines = [f"{one.table}: {one.rows} rows, SHA-256 {one.digest}, equal" for one in moved]
    last = "All is copied. Put the address of the PostgreSQL database into [database] url; the SQLite file stays as it was."
    return "".join(f"{line}\n" for line in (*lines, last))


class WordsShelf:
    """By which words entries are found: kept in another way by each database."""

    name = "entry_words"

    def read(self, connection: Connection) -> Iterator[Sequence[Values]]:
        sqlite = connection.dialect.name == "sqlite"
        for rows in connection.execution_options(yield_per=AT_A_TIME).execute(KEPT_WORDS if sqlite else SERVED_WORDS).partitions():
            yield [(group_id, place, bare(words.split() if sqlite else words, group_id)) for group_id, place, words in rows]

    def write(self, connection: Connection, rows: Sequence[Values]) -> None:
        scoped = [(group_id, place, [finding.scope(group_id), *words]) for group_id, place, words in rows]
        connection.execute(NEW_WORDS, [dict(zip(("group_id", "place", "words"), row, strict=True)) for row in scoped])


def bare(words: Iterable[str], group_id: int) -> list[str]:
    return sorted(set(words) - {finding.scope(group_id)})
