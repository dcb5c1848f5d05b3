"""The roll: voluntary, in the order in which people came, one place for each person."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.chat.incoming import Origin
from bot.chat.refs import ChatRef, PersonRef
from bot.commons import roll
from models import AccountRow, GroupRow, MemberRow, PersonRow
from models.database import Database
from tests.support.moot import START


def origin(person: str, name: str = "", **more: Any) -> Origin:
    return Origin(ChatRef("telegram", "-1"), PersonRef("telegram", person), name or f"Person {person}", **more)


def found_group(db: Session) -> GroupRow:
    group = GroupRow(title="", created_at=START)
    db.add(group)
    db.flush()
    return group


def test_who_speaks_is_remembered_but_not_enrolled(database: Database) -> None:
    with database.transaction() as db:
        group = found_group(db)
        member = roll.known(db, group, origin("1"), START)
        assert not roll.is_on(member)
        assert roll.known(db, group, origin("1"), START).id == member.id
        assert (roll.members(db, group), roll.count(db, group)) == ([], 0)


def test_coming_and_going(database: Database) -> None:
    with database.transaction() as db:
        group = found_group(db)
        people = [roll.known(db, group, origin(str(n)), START) for n in range(3)]
        for minute, member in enumerate(reversed(people)):
            assert roll.enter(member, START + timedelta(minutes=minute))
            assert not roll.enter(member, START + timedelta(hours=1))
        assert roll.members(db, group) == people[::-1]
        assert roll.leave(people[2], START)
        assert not roll.leave(people[2], START)
        assert roll.enter(people[2], START + timedelta(minutes=9))
        assert roll.members(db, group) == [people[1], people[0], people[2]]
        assert roll.count(db, group) == 3


def test_groups_do_not_share_a_roll(database: Database) -> None:
    with database.transaction() as db:
        one, other = found_group(db), found_group(db)
        roll.enter(roll.known(db, one, origin("1"), START), START)
        assert roll.find(db, other, PersonRef("telegram", "1")) is None
        roll.known(db, other, origin("1"), START)
        assert (roll.count(db, one), roll.count(db, other)) == (1, 0)
        assert db.query(PersonRow).count() == db.query(AccountRow).count() == 1


def test_an_account_shows_the_name_of_today_tidied(database: Database) -> None:
    with database.transaction() as db:
        group = found_group(db)
        for name, shown in (("Anna", "Anna"), ("\u202eAnna\n Maria\0", "Anna Maria"), ("\u200b", "…"), ("\ud800", "…")):
            member = roll.known(db, group, origin("1", name, handle="@an\u202ena"), START)
            assert (roll.name_of(member), member.account.handle) == (shown, "@anna")


def test_ids_beyond_32_bits_and_of_any_shape(database: Database) -> None:
    with database.transaction() as db:
        group = found_group(db)
        for ref in ("7000000000", "@dana:example.org", "9" * 40, "@ÜML äut:exämple.org", "'; --"):
            member = roll.known(db, group, origin(ref), START)
            assert roll.ref_of(member) == PersonRef("telegram", ref)
            assert roll.find(db, group, PersonRef("telegram", ref)) is member
            assert roll.ref_of(member).label.isascii()
            assert " " not in roll.ref_of(member).label


def test_two_accounts_of_one_person_are_one_member(database: Database) -> None:
    with database.transaction() as db:
        group = found_group(db)
        member = roll.known(db, group, origin("1"), START)
        db.add(AccountRow(platform="matrix", ref="@anna", name="Anna", person_id=member.person_id))
        db.flush()
        assert roll.find(db, group, PersonRef("matrix", "@anna")) is member
        assert db.query(MemberRow).count() == 1


def test_names_from_right_to_left_are_fenced_off(database: Database) -> None:
    with database.transaction() as db:
        member = roll.known(db, found_group(db), origin("1", "דנה"), START)
        assert roll.name_of(member) == "\u2068דנה\u2069"
        assert roll.mention_in(db, member).name == "\u2068דנה\u2069"


def named(db: Session, group: GroupRow, platform: str, ref: str, name: str, handle: str = "") -> MemberRow:
    where = Origin(ChatRef(platform, "-1"), PersonRef(platform, ref), name, handle=handle)
    return roll.known(db, group, where, START)


def test_namesakes_are_told_apart(database: Database) -> None:
    with database.transaction() as db:
        group = found_group(db)
        anna, ben = named(db, group, "telegram", "1", "Anna"), named(db, group, "telegram", "2", "Ben")
        other = named(db, group, "matrix", "@a:example.org", "ANNA")
        assert roll.names([anna, ben]) == ["Anna", "Ben"]
        assert roll.names([anna, ben, other]) == ["Anna (Telegram)", "Ben", "ANNA (Matrix)"]
        assert roll.twins([anna, ben, other]) == ["Anna (Telegram)", "ANNA (Matrix)"]
        assert roll.twins([anna, ben]) == []


def test_namesakes_on_one_platform_are_told_apart_by_what_is_their_own(database: Database) -> None:
    with database.transaction() as db:
        group = found_group(db)
        annas = [named(db, group, "telegram", str(n), "Anna", handle) for n, handle in enumerate(["anna", "", "same", "same"])]
        assert roll.names(annas) == ["Anna (Telegram, @anna)", "Anna (Telegram, 1)", "Anna (Telegram, 2)", "Anna (Telegram, 3)"]
