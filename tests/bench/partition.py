"""What votes, counts and the wiping of a secret box cost among 10,000 groups in one PostgreSQL, whole, in 16 and in 256 parts."""

import itertools
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from random import Random
from statistics import median

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot import parting
from bot.commons import electorate
from bot.features.polls import store
from bot.features.polls.secret import box
from bot.features.polls.voting import store as ballots
from migrations.parting import PARTED
from models import EntryRow, MemberRow, PollRow
from models.database import Database
from tests.support.moot import furnish
from tests.support.postgres import Postgres, shared

GROUPS, PEOPLE, POLLS, ENTRIES = 10_000, 20, 4, 20
PARTS = (16, 256)
TIMES, BOXES = 300, 3
EACH = "generate_series(0, :groups - 1) AS g (g)"
POLL = f"{EACH}, generate_series(1, :polls) AS p (p)"
ANSWER = f"{POLL}, generate_series(1, :people) AS m (m)"
BELONGING = f"{EACH}, generate_series(1, :people) AS m (m)"
ENTRY = f"{EACH}, generate_series(1, :entries) AS e (e)"
PUBLIC = '{"facts":{"number":"D-1","question":"Which day suits a repair café?","result":"Saturday","votes":[9,5,3]},"kind":"poll"}'
FILL = (
    f"INSERT INTO groups (id, title, language, zone, last_number, created_at) SELECT g + 1, '', 'en', 'UTC', 0, now() FROM {EACH}",
    "INSERT INTO members (id, group_id, person_id, account_id, joined_at, in_hat) "
    f"SELECT g * :people + m, g + 1, g * :people + m, g * :people + m, now(), true FROM {BELONGING}",
    "INSERT INTO electorates (id, group_id, document, fingerprint, size, newcomers, created_at) "
    f"SELECT g * :polls + p, g + 1, '', '', :people, 0, now() FROM {POLL}",
    'INSERT INTO polls (id, group_id, chat_id, number, question, method, visibility, hidden, additions, "limit", quorum, '
    "electorate_id, opened_by, secret, state, opened_at, closes_at, extended, voted, received, replaced, refused) "
    "SELECT g * :polls + p, g + 1, 1, p, 'Which day suits the repair café?', 'plurality', "
    "CASE WHEN p = :polls THEN 'secret' ELSE 'named' END, false, false, NULL, 0, g * :polls + p, 1, '', 'open', "
    f"now(), now() + interval '1 day', 0, :people, :people, 0, 0 FROM {POLL}",
    f"INSERT INTO electors SELECT g * :polls + p, g * :people + m, g + 1, false FROM {ANSWER}",
    "INSERT INTO ballots (poll_id, member_id, group_id, last, event_id) "
    f"SELECT g * :polls + p, g * :people + m, g + 1, 1, 'tap:1234567890' FROM {ANSWER}",
    "INSERT INTO ballot_marks (poll_id, member_id, place, value, group_id) "
    f"SELECT g * :polls + p, g * :people + m, 1 + m % 3, 1, g + 1 FROM {ANSWER} WHERE p < :polls",
    "INSERT INTO secret_ballots (poll_id, id, marks, group_id) "
    """SELECT g * :polls + p, md5(g || ' ' || m) || md5(m || ''), CAST(:marks AS TEXT), g + 1 """
    f"FROM {ANSWER} WHERE p = :polls",
    "INSERT INTO entries (group_id, place, public, hash, entered_at) "
    f"SELECT g + 1, e, CAST(:public AS TEXT), md5('a' || e) || md5('b' || e), now() FROM {ENTRY}",
    f"INSERT INTO entry_marks (group_id, place, number, listed) SELECT g + 1, e, e, true FROM {ENTRY}",
    "INSERT INTO entry_words (group_id, place, words) "
    f"SELECT g + 1, e, array_to_tsvector(array['/' || g, 'which', 'day', 'suit', 'repair', 'word' || e]) FROM {ENTRY}",
)
FACTS = {"groups": GROUPS, "people": PEOPLE, "polls": POLLS, "entries": ENTRIES, "public": PUBLIC, "marks": '{"1":1}'}
SIZE = text(
    "SELECT coalesce(sum(pg_total_relation_size(relid)), pg_total_relation_size(to_regclass(:table))) "
    "FROM pg_partition_tree(to_regclass(:table)) WHERE isleaf"
)


def main() -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(shared(folder / "server"))
        whole = stack.enter_context(server.database())
        fill(whole)
        urls = [whole, *(stack.enter_context(parted(server, whole, parts)) for parts in PARTS)]
        compare([stack.enter_context(closing(Database(url))) for url in urls])


def fill(url: str) -> None:
    furnish(url)
    began = time.monotonic()
    with closing(Database(url)) as database:
        with database.transaction() as db:
            db.execute(text("SET LOCAL session_replication_role = replica"))  # keys are looked after by whoever wrote this
            for statement in FILL:
                db.execute(text(statement), {name: value for name, value in FACTS.items() if f":{name}" in statement})
        vacuum(database)
        rows = {table: count(database, table) for table in PARTED}
    print(f"{sum(rows.values()):,} rows in {GROUPS:,} groups; filled in {time.monotonic() - began:.0f} s")


def count(database: Database, table: str) -> int:
    with database.transaction() as db:
        return int(db.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def vacuum(database: Database, table: str = "") -> None:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"VACUUM (FREEZE, ANALYZE) {table}")


@contextmanager
def parted(server: Postgres, whole: str, parts: int) -> Iterator[str]:
    """A copy of it, in parts."""
    with server.database(template=whole) as url:
        began = time.monotonic()
        parting.parted(url, parts)
        print(f"put into {parts} parts in {time.monotonic() - began:.0f} s", flush=True)
        with closing(Database(url)) as database:
            for table in PARTED:  # each part by itself, as a server does it
                vacuum(database, ", ".join(f"parts.{table}_{number}" for number in range(parts)))
        yield url


def compare(each: Sequence[Database]) -> None:
    told("a vote that comes alone", "ms", in_turns([partial(vote, database, Random(7)) for database in each], TIMES))
    told("the tally of a poll", "ms", in_turns([partial(tally, database, Random(7)) for database in each], TIMES))
    told("the entries of a group", "ms", in_turns([partial(entries, database, Random(7)) for database in each], TIMES))
    told("a secret poll closed, its box wiped", "ms", in_turns([partial(close, one, itertools.count()) for one in each], BOXES))
    for table in ("ballots", "entries"):
        swept = [partial(vacuum, each[0], table), *(partial(vacuum, one, f"parts.{table}_0") for one in each[1:])]
        told(f"VACUUM of {table}, or of one part", "ms", in_turns(swept, 1))
    for table in PARTED:
        if rows := count(each[0], table):
            told(f"{rows:,} rows of {table}, each", "bytes", [size(database, table) / rows for database in each])


def told(what: str, unit: str, found: Sequence[float]) -> None:
    whole, *inside = found
    ratios = ", ".join(f"{each:,.4g} in {parts} parts ({each / whole:.2f})" for parts, each in zip(PARTS, inside, strict=True))
    print(f"{what}: {whole:,.4g} {unit} whole, {ratios}", flush=True)


def in_turns(works: Sequence[Callable[[], None]], times: int) -> list[float]:
    """Milliseconds for each, in the middle of all times; in turns, so that other work slows them alike."""
    found: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, took in zip(works, found, strict=True):
            began = time.perf_counter()
            work()
            took.append(time.perf_counter() - began)
    return [median(took) * 1000 for took in found]


def vote(database: Database, dice: Random) -> None:
    """Somebody changes their mind: what a press asks and writes of polls, in a transaction of its own."""
    group = dice.randrange(GROUPS)
    with database.transaction() as db:
        poll, member = store.locked(db, group * POLLS + 1), db.get_one(MemberRow, group * PEOPLE + dice.randint(1, PEOPLE))
        if electorate.holds(db, poll.electorate_id, member):
            place = dice.randint(1, 3)
            ballots.write(db, poll, member, {place: 1}, place, "tap:1")
            poll.received += 1


def tally(database: Database, dice: Random) -> None:
    with database.transaction() as db:
        store.tally(db, db.get_one(PollRow, dice.randrange(GROUPS) * POLLS + 1))


def entries(database: Database, dice: Random) -> None:
    with database.transaction() as db:
        db.scalars(select(EntryRow).filter_by(group_id=dice.randint(1, GROUPS)).order_by(EntryRow.place)).all()


def close(database: Database, groups: Iterator[int]) -> None:
    database.transact(empty, (next(groups) + 1) * POLLS)


def empty(db: Session, poll_id: int) -> None:
    if box.empty(db, store.locked(db, poll_id), 1) is None:
        raise ValueError("an empty box")


def size(database: Database, table: str) -> int:
    with database.transaction() as db:
        return int(db.scalar(SIZE, {"table": table}) or 0)


if __name__ == "__main__":
    main()
