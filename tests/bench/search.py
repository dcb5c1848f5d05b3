"""What looking something up costs among 100,000 entries, on both databases."""

import tempfile
import time
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from bot.commons import finding
from bot.commons.finding import Wanted, rowid, scope
from bot.commons.words import words_of
from models import EntryMarkRow, EntryRow, GroupRow
from models.database import Database
from tests.support.moot import START, furnish
from tests.support.postgres import shared

ENTRIES, TURNS, SIZE = 100_000, 15, 10
SENTENCE = "The kitchen is cleaned on Fridays, and the garden gets a new door for all who want to sit there."
COMMON = tuple(dict.fromkeys(words_of(SENTENCE)))
DICE = Random(1)
ASKED = {
    "a word in every entry": "kitchen",
    "a word in one of ten": "tenth",
    "a word in one of 100,000": "w77777",
    "two common words": "kitchen garden",
    "a beginning that many words have": "w77",
    "no word": "",
    "a word that is nowhere": "nowhere",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{Path(folder) / 'moot.sqlite'}")
        with shared(Path(folder) / "server") as server, server.database() as url:
            measure("PostgreSQL", url)


def fill(db: Session) -> int:
    """One group with all the entries, and another with as many: of the words of the one nothing is found in the other."""
    groups = [GroupRow(title="", created_at=START) for _ in range(2)]
    db.add_all(groups)
    db.flush()
    for group in groups:
        for first in range(1, ENTRIES + 1, 10_000):
            enter(db, group.id, range(first, first + 10_000))
    return groups[0].id


def enter(db: Session, group_id: int, places: range) -> None:
    """Rows as the register makes them, without their hashes: only finding them is timed."""
    rows = [{"group_id": group_id, "place": place} for place in places]
    public = '{"kind":"decision","facts":{"decision":"D-1"},"personal":null}'
    fixed: dict[str, Any] = {"public": public, "salt": None, "personal": None, "hash": ""}
    db.execute(insert(EntryRow), [row | fixed | {"entered_at": START + timedelta(hours=row["place"])} for row in rows])
    about: dict[str, Any] = {"about": None}
    db.execute(insert(EntryMarkRow), [row | about | {"number": row["place"], "listed": row["place"] % 3 > 0} for row in rows])
    if finding.on_sqlite(db):
        said = [{"id": rowid(group_id, place), "words": " ".join(words(place))} for place in places]
        db.execute(text("INSERT INTO entry_words (rowid, words) VALUES (:id, :words)"), said)
    else:
        told = [{"group": group_id, "place": place, "words": [scope(group_id), *words(place)]} for place in places]
        db.execute(text("INSERT INTO entry_words VALUES (:group, :place, array_to_tsvector(:words))"), told)


def words(place: int) -> list[str]:
    found = [*COMMON, f"w{place}", *(f"x{DICE.randrange(20_000)}" for _ in range(10)), *(["tenth"] if place % 10 == 0 else [])]
    return list(dict.fromkeys(found))


def measure(name: str, url: str) -> None:
    furnish(url)
    database = Database(url)
    group = database.transact(fill)
    with database.transaction() as db:
        if not database.one_writer:
            db.execute(text("ANALYZE"))
    for what, words in ASKED.items():
        print(f"{name}, {what}: {spent(database, group, Wanted(words_of(words))):.1f} ms")
    late = Wanted(words_of("kitchen"), START + timedelta(hours=99_000))
    print(f"{name}, a common word in the last thousand: {spent(database, group, late):.1f} ms")
    print(f"{name}, page 5,000 of a common word: {spent(database, group, Wanted(words_of('kitchen'), skip=50_000)):.1f} ms")
    database.close()


def spent(database: Database, group: int, wanted: Wanted) -> float:
    """Milliseconds; the quickest turn counts, since other work only slows."""
    times = []
    for _ in range(TURNS):
        with database.transaction() as db:
            began = time.perf_counter()
            finding.page(db, group, wanted, SIZE)
            times.append(time.perf_counter() - began)
    return min(times) * 1000


if __name__ == "__main__":
    main()
