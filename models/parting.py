"""In which part of a table a group's rows lie, where a PostgreSQL database is kept in parts."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

HERE = text(
    "SELECT asked.name, 'parts.' || asked.name || '_' || part FROM unnest(CAST(:tables AS TEXT[])) AS asked (name), "
    "LATERAL (SELECT CAST(count(*) AS INTEGER) FROM pg_inherits WHERE inhparent = to_regclass(asked.name)) AS made (parts), "
    "LATERAL generate_series(0, parts - 1) AS part "
    "WHERE satisfies_hash_partition(to_regclass(asked.name), parts, part, CAST(:group_id AS BIGINT))"
)

SAMPLED = text("SELECT DISTINCT tablename FROM pg_stats WHERE inherited AND tablename = ANY(CAST(:tables AS TEXT[]))")


def parts_of(db: Session, tables: Sequence[str], group_id: int) -> list[str]:
    """Of a table that is not kept in parts, the table."""
    if db.get_bind().dialect.name == "sqlite":
        return list(tables)
    found: dict[str, str] = {row[0]: row[1] for row in db.execute(HERE, {"tables": list(tables), "group_id": group_id})}
    return [found.get(table, table) for table in tables]


def sampled_whole(db: Session, tables: Sequence[str]) -> list[str]:
    """Of those that are kept in parts, the ones of which the server has samples as a whole: somebody had it look them through."""
    if db.get_bind().dialect.name == "sqlite":
        return []
    return list(db.scalars(SAMPLED, {"tables": list(tables)}))
