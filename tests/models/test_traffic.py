"""Every table is recognised in what is said to a database."""

import pytest
from sqlalchemy import Dialect, Executable, Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from models import Base
from models.traffic import WRITING, tables_in

TABLES = Base.metadata.sorted_tables


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])  # type: ignore[no-untyped-call]
def test_whoever_writes_is_known_by_the_table(dialect: Dialect) -> None:
    def worded(statement: Executable) -> str:
        return str(statement.compile(dialect=dialect))  # type: ignore[attr-defined]

    def written(statement: Executable) -> str:
        found = WRITING.match(worded(statement))
        return found[1] if found else ""

    def names(table: Table) -> set[str]:
        first = next(iter(table.columns))
        return {written(insert(table)), written(update(table).values({first: None})), written(delete(table))}

    assert [names(table) for table in TABLES] == [{table.name} for table in TABLES]
    assert not any(written(select(table)) for table in TABLES)
    assert all(table.name in tables_in([worded(select(table))]) for table in TABLES)
