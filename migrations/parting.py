"""On PostgreSQL: the tables that grow with each answer in parts, by a hash of the group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Inspector, bindparam, inspect, text

SCHEMA = "parts"  # aside, so that whoever lists the tables finds each of them once
PARTED = (
    *("electors", "ballots", "ballot_marks", "secret_ballots", "stances", "stance_changes"),
    *("entries", "entry_marks", "entry_words"),
)
FINGERPRINT = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM {table} AS t"
OLD_INDEXES = text("SELECT indexdef FROM pg_indexes WHERE schemaname = :schema AND tablename = :table AND indexname NOT IN :keys")
IS_PARTED = text("SELECT relkind = 'p' FROM pg_class WHERE oid = to_regclass(:table)")
SEQUENCE = text("SELECT pg_get_serial_sequence(:table, 'id')")


class Unequal(Exception):
    """A table is not the same in parts."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


@dataclass(frozen=True, slots=True)
class Made:
    """A table in parts, and how many rows it holds."""

    table: str
    rows: int


@dataclass(frozen=True, slots=True)
class Keys:
    """What holds a table together."""

    primary: dict[str, Any]
    foreign: Sequence[dict[str, Any]]


def is_parted(connection: Connection, table: str) -> bool:
    return bool(connection.scalar(IS_PARTED, {"table": table}))


def part_all(connection: Connection, parts: int) -> Iterator[Made]:
    """In the transaction that is under way; tables that are in parts already stay as they are. Raises Unequal.

    One part: the tables stay whole, and only their keys take the group in, as who spreads them over several servers needs it.
    """
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    connection.exec_driver_sql("SET LOCAL synchronize_seqscans = off")
    for table in PARTED:
        if not is_parted(connection, table):
            yield part(connection, table, parts) if parts > 1 else widen(connection, table)


def part(connection: Connection, table: str, parts: int) -> Made:
    keys = read_keys(inspect(connection), table)
    whole, before = f"{SCHEMA}.{table}_whole", fingerprint(connection, table)
    put_aside(connection, table)
    for number in range(parts):
        rest = f"FOR VALUES WITH (MODULUS {parts}, REMAINDER {number})"
        connection.exec_driver_sql(f"CREATE TABLE {SCHEMA}.{table}_{number} PARTITION OF {table} {rest}")
    order = listed(keys.primary["constrained_columns"])
    connection.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM {whole} ORDER BY {order}")  # noqa: S608 (names of ours)
    if fingerprint(connection, table) != before:
        raise Unequal(table)
    put_keys(connection, table, keys)
    put_indexes(connection, table, keys)
    connection.exec_driver_sql(f"DROP TABLE {whole}")
    return Made(table, before[0])


def widen(connection: Connection, table: str) -> Made:
    keys = read_keys(inspect(connection), table)
    for key in (*keys.foreign, keys.primary):
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {key['name']}")
    put_keys(connection, table, keys)
    return Made(table, fingerprint(connection, table)[0])


def read_keys(known: Inspector, table: str) -> Keys:
    return Keys(dict(known.get_pk_constraint(table)), [dict(key) for key in known.get_foreign_keys(table)])


def fingerprint(connection: Connection, table: str) -> tuple[int, int]:
    """How many rows, and a sum over the hashes of all, in whatever order."""
    rows, digest = connection.exec_driver_sql(FINGERPRINT.format(table=table)).one()
    return int(rows), int(digest)


def put_aside(connection: Connection, table: str) -> None:
    """With all its keys, whose names are free then. In its place stands an empty one that is to have parts."""
    sequence = connection.scalar(SEQUENCE, {"table": table}) if has_column(connection, table, "id", "bigint") else None
    if sequence:
        connection.exec_driver_sql(f"ALTER SEQUENCE {sequence} OWNED BY NONE")
    connection.exec_driver_sql(f"ALTER TABLE {table} SET SCHEMA {SCHEMA}")
    connection.exec_driver_sql(f"ALTER TABLE {SCHEMA}.{table} RENAME TO {table}_whole")
    like = f"LIKE {SCHEMA}.{table}_whole INCLUDING DEFAULTS"
    connection.exec_driver_sql(f"CREATE TABLE {table} ({like}) PARTITION BY HASH (group_id)")
    if sequence:
        connection.exec_driver_sql(f"ALTER SEQUENCE {sequence} OWNED BY {table}.id")


def has_column(connection: Connection, table: str, name: str, kind: str) -> bool:
    return any(each["name"] == name and str(each["type"]).lower() == kind for each in inspect(connection).get_columns(table))


def put_keys(connection: Connection, table: str, keys: Keys) -> None:
    """Under their old names, each with the group in it: what names a row of the group names it together with the group."""
    primary = keys.primary["constrained_columns"]
    wide = primary if "group_id" in primary else [*primary, "group_id"]
    add(connection, table, keys.primary["name"], f"PRIMARY KEY ({listed(wide)})")
    for key in keys.foreign:
        theirs, ours, at = key["referred_table"], key["constrained_columns"], key["referred_columns"]
        if owned(connection, theirs) and "group_id" not in ours:
            hold(connection, theirs)
            ours, at = [*ours, "group_id"], [*at, "group_id"]
        add(connection, table, key["name"], f"FOREIGN KEY ({listed(ours)}) REFERENCES {theirs} ({listed(at)})")


def put_indexes(connection: Connection, table: str, keys: Keys) -> None:
    told = {"schema": SCHEMA, "table": f"{table}_whole", "keys": [keys.primary["name"]]}
    for made in connection.scalars(OLD_INDEXES.bindparams(bindparam("keys", expanding=True)), told).all():
        connection.exec_driver_sql(str(made).replace(f" ON {SCHEMA}.{table}_whole ", f" ON {table} "))


def owned(connection: Connection, table: str) -> bool:
    """Whether each of its rows is of one group."""
    return any(each["name"] == "group_id" and not each["nullable"] for each in inspect(connection).get_columns(table))


def hold(connection: Connection, table: str) -> None:
    """A key by which rows can be named together with their group."""
    name = f"uq_{table}_id_group_id"
    if name not in {each["name"] for each in inspect(connection).get_unique_constraints(table)}:
        add(connection, table, name, "UNIQUE (id, group_id)")


def add(connection: Connection, table: str, name: str, what: str) -> None:
    connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {what}")


def listed(names: Sequence[str]) -> str:
    return ", ".join(names)
