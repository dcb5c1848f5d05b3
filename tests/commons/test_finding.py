"""Words find entries on both databases alike, whatever their case and accents; a query is words and nothing else."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.commons import finding, register
from bot.commons.finding import Wanted
from bot.commons.words import UNSPACED, words_in, words_of
from bot.dice import SeededDice
from migrations.upgrade import upgrade
from models import GroupRow
from models.database import Database
from tests.support.moot import START

DICE = SeededDice("finding")
TEXTS = (
    "The kitchen is cleaned on Fridays",
    "La Cocina se limpia los viernes, señor",
    "Küchenputz: freitags um 8",
    "厨房每星期五打扫",
    "المطبخ يوم الجمعة",
    'D-17 ends; kitchens\' keys OR "fridge" NOT * (NEAR)',
)


def filled(db: Session, texts: Sequence[str] = TEXTS) -> int:
    group = GroupRow(title="", created_at=START)
    db.add(group)
    db.flush()
    for day, words in enumerate(texts):
        facts, personal = {"decision": f"D-{day + 1}"}, {"text": words, "by": "tg:1001"}
        register.enter(db, group, "decision", facts, now=START + timedelta(days=day), dice=DICE, personal=personal)
    return group.id


def places(db: Session, group_id: int, words: str = "", **wanted: object) -> list[int]:
    rows, _ = finding.page(db, group_id, Wanted(words_of(words), **wanted), 10)  # type: ignore[arg-type]
    return [row.place for row in rows]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("kitchen", [6, 1]),
        ("KITCHEN fridays", [1]),
        ("kitch fri", [6, 1]),
        ("cocina", [2]),
        ("SENOR", [2]),
        ("kuchen", [3]),
        ("8", [3]),
        ("厨房", [4]),
        ("星期五", [4]),
        ("المطبخ", [5]),
        ("nothing", []),
        ("tg", []),
        ("kitchen OR cocina", []),
        ('"fridge" NOT', [6]),
        ("kitchen* -fridays", [1]),
        ("words:kitchen ^kitchen", []),
        ("' | 'x", []),
    ],
)
def test_words_find(house: str, words: str, found: list[int]) -> None:
    database = Database(house)
    with database.transaction() as db:
        group = filled(db)
        other = filled(db, ["Their kitchen"])
        assert places(db, group, words) == found
        assert places(db, other, "kitchen") == [1]
    database.close()


def test_pages_and_dates(house: str) -> None:
    database = Database(house)
    with database.transaction() as db:
        group = filled(db, [f"kitchen {n}" for n in range(25)])
        for words in ("", "kitchen"):
            assert places(db, group, words) == list(range(25, 15, -1))
            assert places(db, group, words, skip=10) == list(range(15, 5, -1))
            assert places(db, group, words, skip=20) == [5, 4, 3, 2, 1]
            assert places(db, group, words, skip=10**12) == []
            assert places(db, group, words, since=START + timedelta(days=22)) == [25, 24, 23]
            assert places(db, group, words, since=START + timedelta(days=99)) == []
        assert finding.page(db, group, Wanted(skip=20), 5)[1] is False
        assert finding.page(db, group, Wanted(skip=19), 5)[1] is True
    database.close()


letters = st.text("aáAbBß \"'*:()-_%&|!<>\\厨", max_size=12)


@settings(max_examples=40)
@given(st.lists(letters, max_size=6), letters)
def test_both_databases_find_what_a_look_at_each_text_finds(
    sqlite_house: str, postgres_house: str, texts: list[str], asked: str
) -> None:
    wanted = words_of(asked)
    expected = [place for place, said in reversed(list(enumerate(texts, 1))) if all(hits(word, words_of(said)) for word in wanted)]
    for url in (sqlite_house, postgres_house):
        database = Database(url)
        with database.transaction() as db:
            found = places(db, filled(db, texts), asked)
            db.rollback()
        database.close()
        assert found == expected


def hits(word: str, words: list[str]) -> bool:
    long = len(word) >= finding.SHORTEST_START and not UNSPACED.search(word)
    return any(each.startswith(word) if long else each == word for each in words)


def test_what_stands_in_an_entry_is_found_and_no_label() -> None:
    personal = {
        "by": "tg:1001",
        "text": "Paint it blue",
        "options": ["Garden", None],
        "stances": {"tg:1001": ["aside", "too loud"]},
        "objections": [["tg:1002", "smells", "withdrawn", ""], None],
        "electorate": ["tg:1001", "tg:1002"],
        "agenda": ["Colours"],
        "notes": [[1, "tg:1002", "not today"], None],
    }
    assert " ".join(words_in({"decision": "D-1"}, personal)) == "paint it blue garden colours too loud smells not today"


GROUP = "INSERT INTO groups (title, language, zone, last_number, created_at) VALUES ('', 'en', 'UTC', 4, :now)"
OLD = (
    "INSERT INTO entries (group_id, place, public, salt, personal, hash, entered_at) "
    "VALUES (1, 1, :public, 'aa', :personal, 'x', :now)"
)


def test_entries_from_before_are_found_as_well(tmp_path: Path, postgres_url: str) -> None:
    public = '{"at":"2026-11-21","facts":{"decision":"D-4","text":"The kitchen"},"kind":"decision","personal":"ab","place":1}'
    personal = '{"by":"tg:1","stances":{"tg:1":["aside","Zu laut"]}}'
    for url in (f"sqlite:///{tmp_path / 'old.sqlite'}", postgres_url):
        database = Database(url)
        upgrade(database.engine, back_up=lambda: None, to="0024")
        with database.transaction() as db:
            db.execute(text(GROUP), {"now": START})
            db.execute(text(OLD), {"public": public, "personal": personal, "now": START})
        upgrade(database.engine, back_up=lambda: None)
        with database.transaction() as db:
            assert places(db, 1, "KITCHEN laut") == places(db, 1) == [1]
            assert [row.public for row in finding.about(db, 1, 4)] == [public]
        database.close()
