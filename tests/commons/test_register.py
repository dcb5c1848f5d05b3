"""The register: anyone can compute its chain anew, and finds whatever was changed behind its back."""

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons import register, sealing
from bot.commons.canonical import canonical
from bot.dice import SeededDice
from models import EntryRow, GroupRow
from models.database import Database
from tests.support.moot import START, Moot, enrol

DICE = SeededDice("register")


def group_in(database: Database) -> int:
    with database.transaction() as db:
        group = GroupRow(title="", created_at=START)
        db.add(group)
        db.flush()
        return group.id


def enter(db: Session, /, group_id: int, kind: str = "draw", personal: dict[str, Any] | None = None, **facts: Any) -> None:
    group = db.scalars(select(GroupRow).filter_by(id=group_id).with_for_update()).one()
    register.enter(db, group, kind, facts, now=START + timedelta(seconds=1.5), dice=DICE, personal=personal)


def entries(database: Database, group_id: int) -> Sequence[EntryRow]:
    with database.transaction() as db:
        return db.scalars(select(EntryRow).filter_by(group_id=group_id).order_by(EntryRow.place)).all()


def broken(rows: Sequence[EntryRow]) -> list[int]:
    """The places whose hash does not follow, computed with nothing of the bot's."""
    wrong, before = [], "0" * 64
    for place, row in enumerate(rows, start=1):
        digest = hashlib.sha256((before + row.public).encode()).hexdigest()
        public = json.loads(row.public)
        kept = row.personal is None or root(row) == public["personal"]
        if digest != row.hash or public["place"] != place or not kept:
            wrong.append(place)
        before = row.hash
    return wrong


def root(row: EntryRow) -> str:
    """Of what is personal: one hash in the first form, since then one of all pieces' hashes."""
    if row.salt is not None:
        return sha256(f"{row.salt}{row.personal}")
    pieces = json.loads(row.personal or "[]")
    seals = [[piece[0], piece[1] if len(piece) == 2 else sha256(dumped(piece))] for piece in pieces]
    return sha256(dumped(seals))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def dumped(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def test_the_chain_can_be_computed_anew(database: Database) -> None:
    group = group_in(database)
    for n in range(5):
        database.transact(enter, group, personal={"label": f"tg:{n}"} if n % 2 else None, number=n, name="é{}\n")
    rows = entries(database, group)
    assert [row.place for row in rows] == [1, 2, 3, 4, 5]
    assert broken(rows) == []
    with database.transaction() as db:
        assert register.head(db, group) == rows[-1].hash


def test_a_group_without_entries_has_a_beginning(database: Database) -> None:
    with database.transaction() as db:
        assert register.head(db, group_in_session(db)) == register.GENESIS


def group_in_session(db: Session) -> int:
    group = GroupRow(title="", created_at=START)
    db.add(group)
    db.flush()
    return group.id


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE entries SET public = replace(public, '\"number\":2', '\"number\":9') WHERE place = 3", [3]),
        ("UPDATE entries SET hash = hash || '0' WHERE place = 2", [2, 3]),
        ("UPDATE entries SET personal = '[]' WHERE place = 2", [2]),
        ("UPDATE entries SET personal = replace(personal, 'tg:1', 'tg:3') WHERE place = 2", [2]),
        ("UPDATE entries SET salt = 'aa' WHERE place = 4", [4]),
        ("DELETE FROM entries WHERE place = 3", [3, 4]),
        ("DELETE FROM entries WHERE place = 1", [1, 2, 3, 4]),
    ],
)
def test_a_changed_entry_is_found(database: Database, change: str, found: list[int]) -> None:
    group = group_in(database)
    for n in range(5):
        database.transact(enter, group, personal={"label": f"tg:{n}"} if n % 2 else None, number=n)
    with database.transaction() as db:
        db.connection().exec_driver_sql(change)
    assert broken(entries(database, group)) == found


def test_a_person_can_be_forgotten_and_the_chain_still_holds(database: Database) -> None:
    group = group_in(database)
    for n in range(3):
        database.transact(enter, group, personal={"label": f"tg:{n}", "among": ["tg:1", "tg:2"], "said": {"tg:1": "no"}})
    with database.transaction() as db:
        for row in db.scalars(select(EntryRow)):
            pieces = json.loads(row.personal or "")
            row.personal = canonical(sealing.without(pieces, lambda value: "tg:1" in str(value)))
    rows = entries(database, group)
    assert broken(rows) == []
    assert "tg:1" not in "".join(f"{row.public}{row.personal}" for row in rows)
    assert register.read(rows[2]).personal == {"label": "tg:2", "among": [None, "tg:2"], "said": {}}


def test_an_entry_of_the_first_form_reads_and_holds_as_before(database: Database) -> None:
    """As a database has them from before what is personal was taken to pieces."""
    group = group_in(database)
    with database.transaction() as db:
        kept = canonical({"label": "tg:1"})
        public = {"place": 1, "kind": "draw", "at": START.isoformat(), "facts": {"draw": "D-4"}, "personal": sha256(f"aa{kept}")}
        row = EntryRow(group_id=group, place=1, public=canonical(public), salt="aa", personal=kept, entered_at=START)
        row.hash = sha256(register.GENESIS + row.public)
        db.add(row)
    database.transact(enter, group, draw="D-5")
    rows = entries(database, group)
    assert broken(rows) == []
    assert [register.number_in(register.read(row).facts) for row in rows] == [4, 5]
    assert register.read(rows[0]).personal == {"label": "tg:1"}


def test_the_same_person_twice_leaves_two_commitments(database: Database) -> None:
    """Else anybody could tell whose they are by trying all labels."""
    group = group_in(database)
    for _ in range(2):
        database.transact(enter, group, personal={"label": "tg:1"})
    first, second = entries(database, group)
    assert json.loads(first.public)["personal"] != json.loads(second.public)["personal"]


def test_groups_have_chains_of_their_own(database: Database) -> None:
    one, other = group_in(database), group_in(database)
    for group in (one, other, one):
        database.transact(enter, group)
    assert [row.place for row in entries(database, one)] == [1, 2]
    assert broken(entries(database, one)) == broken(entries(database, other)) == []


def test_entries_from_many_hands_at_once_make_one_chain(database: Database) -> None:
    group = group_in(database)
    with ThreadPoolExecutor(6) as hands:
        for _ in hands.map(lambda n: database.transact(enter, group, number=n), range(30)):
            pass
    rows = entries(database, group)
    assert broken(rows) == []
    assert sorted(json.loads(row.public)["facts"]["number"] for row in rows) == list(range(30))


def test_numbers_from_many_hands_at_once_are_each_given_once(database: Database) -> None:
    group_id = group_in(database)

    def number(db: Session) -> int:
        return register.next_number(db.scalars(select(GroupRow).filter_by(id=group_id).with_for_update()).one())

    with ThreadPoolExecutor(6) as hands:
        numbers = list(hands.map(lambda _: database.transact(number), range(30)))
    assert sorted(numbers) == list(range(1, 31))


def test_the_register_of_a_whole_draw(sqlite_house: str) -> None:
    bot = Moot(sqlite_house)
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator")
    bot.taps("Anna", "Draw now")
    bot.taps(bot.asked()[0], "Decline")
    bot.says("Anna", "/settings window 1m")
    rows = bot.entries()
    bot.close()
    assert broken(rows) == []
    assert [json.loads(row.public)["kind"] for row in rows] == ["draw", "draw declined", "settings"]
    public = "".join(row.public for row in rows)
    assert not any(word in public for word in ("tg:", "Anna", "facilitator"))


# one spelling for each value

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60)
@given(values)
def test_canonical_json_is_ascii_and_says_the_same(value: Any) -> None:
    spelt = canonical(value)
    assert spelt.isascii()
    assert "\n" not in spelt
    assert json.loads(spelt) == value
    assert canonical(json.loads(spelt)) == spelt


def test_the_order_of_keys_does_not_matter() -> None:
    assert canonical({"b": 1, "a": [1, {"d": 1, "c": 2}]}) == '{"a":[1,{"c":2,"d":1}],"b":1}'


def test_the_time_of_an_entry_is_in_utc(database: Database) -> None:
    group = group_in(database)
    database.transact(enter, group)
    (row,) = entries(database, group)
    assert json.loads(row.public)["at"] == "2026-11-21T12:00:01.500000+00:00"
    assert isinstance(row.entered_at, datetime)
    assert row.entered_at == START + timedelta(seconds=1.5)
