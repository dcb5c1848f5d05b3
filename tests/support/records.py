"""Looking into the database behind a story: whole tables, and what must not have changed."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import select, text

from models import Base, EntryRow
from models.database import Database

R = TypeVar("R", bound=Base)
PASSING = frozenset({"seen", "promises", "intakes"})  # what any event leaves behind, whatever it is


class Records:
    """For whoever has a `database`."""

    database: Database

    def rows(self, kind: type[R], /, **wanted: Any) -> Sequence[R]:
        """All rows of a table, or those with these values, by their primary key."""
        with self.database.transaction() as db:
            return db.scalars(select(kind).filter_by(**wanted).order_by(*kind.__mapper__.primary_key)).all()

    def row(self, kind: type[R], /, **wanted: Any) -> R:
        found = self.rows(kind, **wanted)
        assert len(found) == 1, f"{len(found)} rows instead of one"
        return found[0]

    def entries(self) -> Sequence[EntryRow]:
        return self.rows(EntryRow)

    def change(self, statement: str, **values: Any) -> None:
        """SQL behind the bot's back."""
        with self.database.transaction() as db:
            db.execute(text(statement), values)

    def dump(self, but: frozenset[str] = PASSING) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that is kept, table by table."""
        with self.database.transaction() as db:
            tables = [table for table in Base.metadata.sorted_tables if table.name not in but]
            return {table.name: sorted(map(tuple, db.execute(select(table))), key=repr) for table in tables}
