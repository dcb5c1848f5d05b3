"""An electorate is what the roll was when it was frozen."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.commons import electorate, roll
from bot.commons.electorate import Terms
from bot.commons.tenure import Wave
from models import AccountRow, GroupRow, MemberRow, PersonRow
from models.database import Database

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def settled(database: Database, **joined: datetime) -> dict[str, int]:
    """A group founded long ago, with these on its roll: name -> member id; the group's own id under an empty name."""
    with database.transaction() as db:
        group = GroupRow(title="The moot", created_at=NOON - 100 * DAY)
        db.add(group)
        db.flush()
        ids = {"": group.id}
        for name, at in joined.items():
            person = PersonRow(created_at=at)
            account = AccountRow(platform="telegram", ref=name, name=name, handle="", person=person)
            db.add(account)
            db.flush()
            made = MemberRow(group_id=group.id, person_id=person.id, account_id=account.id, joined_at=at)
            db.add(made)
            db.flush()
            ids[name] = made.id
        return ids


def test_who_comes_later_is_not_in_it_and_who_leaves_stays(sqlite_house: str) -> None:
    with closing(Database(sqlite_house)) as database:
        ids = settled(database, anna=NOON - 50 * DAY, ben=NOON - DAY)
        with database.transaction() as db:
            group = db.get_one(GroupRow, ids[""])
            frozen = electorate.freeze(db, group, NOON)
            assert (frozen.size, frozen.newcomers, frozen.document) == (2, 1, "tg:anna\ntg:ben\n")
            roll.leave(db.get_one(MemberRow, ids["anna"]), NOON)
            assert electorate.holds(db, frozen.id, db.get_one(MemberRow, ids["anna"]))
            assert electorate.count(db, frozen) == 2
            later = electorate.freeze(db, group, NOON)
            assert [each.id for each in electorate.members_of(db, later)] == [ids["ben"]]
            assert not electorate.holds(db, later.id, db.get_one(MemberRow, ids["anna"]))
            assert not electorate.holds(db, later.id, None)


def test_tenure_and_a_circle_narrow_it(sqlite_house: str) -> None:
    with closing(Database(sqlite_house)) as database:
        ids = settled(database, anna=NOON - 50 * DAY, ben=NOON - DAY, cleo=NOON - 30 * DAY)
        with database.transaction() as db:
            group = db.get_one(GroupRow, ids[""])
            group.choices = {"tenure": (30 * DAY).total_seconds()}
            frozen = electorate.freeze(db, group, NOON)
            assert (frozen.document, frozen.too_new, frozen.wave) == ("tg:anna\ntg:cleo\n", 1, 0)
            group.choices = None
            circle = [db.get_one(MemberRow, ids["ben"]), db.get_one(MemberRow, ids["cleo"])]
            assert electorate.freeze(db, group, NOON, Terms(members=circle)).document == "tg:ben\ntg:cleo\n"
            assert electorate.freeze(db, group, NOON, Terms(members=[])).size == 0


def test_in_a_young_group_nobody_is_a_newcomer(sqlite_house: str) -> None:
    with closing(Database(sqlite_house)) as database:
        ids = settled(database, anna=NOON - DAY)
        with database.transaction() as db:
            group = db.get_one(GroupRow, ids[""])
            group.created_at = NOON - DAY
            assert electorate.freeze(db, group, NOON).newcomers == 0


def test_who_come_in_a_wave_wait_a_day_unless_the_group_says_otherwise(sqlite_house: str) -> None:
    crowd = {f"sock{n:02}": NOON - timedelta(minutes=n) for n in range(50)}
    with closing(Database(sqlite_house)) as database:
        ids = settled(database, **dict.fromkeys(("anna", "ben", "cleo"), NOON - 50 * DAY), **crowd)
        with database.transaction() as db:
            group = db.get_one(GroupRow, ids[""])
            frozen = electorate.freeze(db, group, NOON)
            assert (frozen.document, frozen.too_new, frozen.wave) == ("tg:anna\ntg:ben\ntg:cleo\n", 50, 50)
            assert electorate.freeze(db, group, NOON + DAY).size == 53
            group.choices = {"tenure": 0}
            frozen = electorate.freeze(db, group, NOON)
            assert (frozen.size, frozen.too_new, frozen.wave) == (53, 0, 50)


@given(before=st.integers(0, 12), new=st.integers(0, 30))
def test_a_wave_is_more_than_were_there_and_never_all_of_them(before: int, new: int) -> None:
    found = Wave(new, before + new)
    assert found.is_one == (before >= 3 and new > before)
    assert not found.is_one or found.is_shown
