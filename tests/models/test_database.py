"""Transactions on both databases: whole or not at all, and nothing is lost between many hands."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from models import AccountRow, GroupRow, MemberRow, PersonRow, SeenRow
from models.database import Database, add_if_new
from tests.support.moot import START

HANDS, TURNS = 6, 20


@pytest.fixture
def database(house: str) -> Iterator[Database]:
    with closing(Database(house)) as made:
        yield made


def found_group(db: Session, number: int = 0) -> int:
    group = GroupRow(title="", last_number=number, created_at=START)
    db.add(group)
    db.flush()
    return group.id


def number_of(database: Database, group: int) -> int:
    with database.transaction() as db:
        return db.get_one(GroupRow, group).last_number


# many hands


def test_increments_from_many_hands_are_all_counted(database: Database) -> None:
    """Read, add one, write back: what loses four of five with SQLite as it comes."""
    group = database.transact(found_group)

    def increment(db: Session) -> None:
        row = db.scalars(select(GroupRow).filter_by(id=group).with_for_update()).one()
        row.last_number += 1

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(lambda _: database.transact(increment), range(HANDS * TURNS)))
    assert number_of(database, group) == HANDS * TURNS


def test_increments_from_several_processes_worth_of_connections_are_all_counted(house: str) -> None:
    with closing(Database(house)) as first:
        group = first.transact(found_group)

    def many(_: int) -> None:
        with closing(Database(house)) as own:
            for _ in range(TURNS):
                own.transact(lambda db: db.execute(update(GroupRow).values(last_number=GroupRow.last_number + 1)))

    with ThreadPoolExecutor(3) as hands:
        list(hands.map(many, range(3)))
    with closing(Database(house)) as last:
        assert number_of(last, group) == 3 * TURNS


def test_one_vote_a_person_however_many_hands_cast_it(database: Database) -> None:
    def cast(n: int) -> bool:
        return database.transact(lambda db: add_if_new(db, SeenRow, platform="p", event_id=str(n % 10), seen_at=START))

    with ThreadPoolExecutor(HANDS) as hands:
        new = list(hands.map(cast, range(100)))
    assert sum(new) == 10
    with database.transaction() as db:
        assert db.query(SeenRow).count() == 10


# whole or not at all


def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    def half(db: Session) -> None:
        found_group(db)
        raise LookupError

    with pytest.raises(LookupError):
        database.transact(half)
    with database.transaction() as db:
        assert db.query(GroupRow).count() == 0


def test_a_savepoint_that_is_rolled_back_leaves_what_came_before(database: Database) -> None:
    def work(db: Session) -> None:
        found_group(db, 1)
        try:
            with db.begin_nested():
                found_group(db, 2)
                db.execute(text("SELECT nonsense FROM nowhere"))
        except Exception:
            found_group(db, 3)

    database.transact(work)
    with database.transaction() as db:
        assert sorted(db.scalars(select(GroupRow.last_number))) == [1, 3]


def test_keys_lead_somewhere(database: Database) -> None:
    def orphan(db: Session) -> None:
        db.add(MemberRow(group_id=99, person_id=99, account_id=99, joined_at=START))

    with pytest.raises(IntegrityError):
        database.transact(orphan)


def test_one_place_for_one_person_in_a_group(database: Database) -> None:
    def twice(db: Session) -> None:
        group, person = found_group(db), PersonRow(created_at=START)
        account = AccountRow(platform="p", ref="1", name="", person=person)
        db.add(account)
        db.flush()
        for _ in range(2):
            db.add(MemberRow(group_id=group, person_id=person.id, account_id=account.id, joined_at=START))

    with pytest.raises(IntegrityError):
        database.transact(twice)


def test_sqlite_is_set_up_to_lose_nothing(sqlite_house: str) -> None:
    with closing(Database(sqlite_house)) as database, database.engine.connect() as connection:
        told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    assert told == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 5000}


# new or not


def test_adding_what_is_there_changes_nothing_and_says_so(database: Database) -> None:
    def add(db: Session, at: datetime) -> bool:
        return add_if_new(db, SeenRow, platform="p", event_id="1", seen_at=at)

    assert database.transact(add, START)
    assert not database.transact(add, START + timedelta(days=1))
    with database.transaction() as db:
        assert db.query(SeenRow).one().seen_at == START


def test_any_unique_key_counts(database: Database) -> None:
    def account(db: Session, ref: str, number: int) -> bool:
        return add_if_new(db, AccountRow, id=number, platform="p", ref=ref, name="", handle="", person_id=1)

    with database.transaction() as db:
        db.add(PersonRow(id=1, created_at=START))
        db.flush()
        assert account(db, "1", 1)
        assert not account(db, "1", 2)
        assert not account(db, "2", 1)
        assert account(db, "2", 2)


# instants

zones = st.sampled_from([UTC, ZoneInfo("Asia/Kolkata"), ZoneInfo("Europe/Berlin"), timezone(timedelta(hours=-12))])
instants = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=zones)  # noqa: DTZ001


def test_an_instant_comes_back_as_itself_in_utc(database: Database) -> None:
    group = database.transact(found_group)

    @settings(max_examples=25)
    @given(instants)
    def holds(at: datetime) -> None:
        database.transact(lambda db: db.execute(update(GroupRow).values(created_at=at)))
        with database.transaction() as db:
            kept = db.get_one(GroupRow, group).created_at
            assert kept == at.astimezone(UTC)
            assert kept.tzinfo is UTC
            assert db.scalar(select(GroupRow.id).where(GroupRow.created_at <= at)) == group
            assert db.scalar(select(GroupRow.id).where(GroupRow.created_at < at)) is None

    holds()


def test_instants_without_a_zone_are_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        database.transact(lambda db: db.execute(update(GroupRow).values(created_at=datetime(2026, 1, 1))))  # noqa: DTZ001


def test_the_hour_that_comes_twice_stays_two_hours(database: Database) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=fold) for fold in (0, 1))
    group = database.transact(found_group)
    kept = []
    for at in (first, second):
        database.transact(lambda db: db.execute(update(GroupRow).values(created_at=at)))  # noqa: B023
        with database.transaction() as db:
            kept.append(db.get_one(GroupRow, group).created_at)
    assert kept[1] - kept[0] == timedelta(hours=1)


def test_ids_beyond_32_bits(database: Database) -> None:
    with database.transaction() as db:
        db.add(GroupRow(id=2**40, title="", created_at=START))
        db.flush()
        assert db.get(GroupRow, 2**40) is not None


def test_who_reads_keeps_nobody_from_writing(house: str, database: Database) -> None:
    group = database.transact(found_group)
    with closing(Database(house, reading=True)) as reader, reader.transaction() as db:
        before = db.get_one(GroupRow, group).last_number
        database.transact(lambda other: other.execute(update(GroupRow).values(last_number=before + 1)))
    assert number_of(database, group) == before + 1
