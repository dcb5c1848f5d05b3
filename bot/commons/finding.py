"""Finding entries of the register: by words, by what they are about, by place; both databases find the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Integer, Select, column, func, or_, select, table, text
from sqlalchemy.orm import Session

from bot.commons.words import UNSPACED
from models import EntryMarkRow, EntryRow

WORDS = table("entry_words", column("group_id", BigInteger), column("place", Integer))
WIDTH = 32  # bits of a place in the number that SQLite knows an entry by
PLACE, LAST = 2**WIDTH - 1, 2**31 - 1  # all its bits, and the greatest that a column holds
SHORTEST_START = 3  # letters of a word that also finds longer ones
MOST_WORDS = 12  # of one search
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of entries: `words` as `words.words_of` gives them; without any, only what was decided, drawn or noted."""

    words: Sequence[str] = ()
    since: datetime | None = None
    skip: int = 0  # how many newer ones stand on the pages before it


def index(db: Session, group_id: int, place: int, words: Sequence[str]) -> None:
    """In the transaction in which the entry is made, or changed by erasure."""
    if on_sqlite(db):
        db.execute(text("DELETE FROM entry_words WHERE rowid = :id"), {"id": rowid(group_id, place)})
        insert = text("INSERT INTO entry_words (rowid, words) VALUES (:id, :words)")
        db.execute(insert, {"id": rowid(group_id, place), "words": " ".join(words)})
    else:
        insert = text(
            "INSERT INTO entry_words (group_id, place, words) VALUES (:group_id, :place, array_to_tsvector(:words)) "
            "ON CONFLICT (group_id, place) DO UPDATE SET words = excluded.words"
        )
        db.execute(insert, {"group_id": group_id, "place": place, "words": [scope(group_id), *words]})


def page(db: Session, group_id: int, wanted: Wanted, size: int) -> tuple[list[EntryRow], bool]:
    """Newest first; and whether there are older ones."""
    places = found_places(db, group_id, wanted, size + 1)
    more = len(places) > size
    rows = db.scalars(select(EntryRow).where(EntryRow.group_id == group_id, EntryRow.place.in_(places[:size])))
    return sorted(rows, key=lambda row: -row.place), more


def found_places(db: Session, group_id: int, wanted: Wanted, most: int) -> list[int]:
    first = first_since(db, group_id, wanted.since) if wanted.since else 1
    asked = matching(db, group_id, wanted.words, first) if wanted.words else listed(group_id, first)
    newest_first = asked.order_by(asked.selected_columns[0].desc())
    return [found & PLACE for found in db.scalars(newest_first.offset(min(wanted.skip, LAST)).limit(most))]


def matching(db: Session, group_id: int, words: Sequence[str], first: int) -> Select[int]:
    """The places from this one on, or the numbers by which SQLite knows them."""
    asked = query(db, group_id, words)
    if on_sqlite(db):
        rows = column("rowid", BigInteger)
        found = select(rows).select_from(WORDS).where(text("entry_words MATCH :words").bindparams(words=asked))
        return found.where(rows.between(rowid(group_id, first), rowid(group_id, LAST)))
    found = select(WORDS.c.place).where(text("words @@ CAST(:words AS tsquery)").bindparams(words=asked))
    return found.where(WORDS.c.group_id == group_id, WORDS.c.place >= first)


def listed(group_id: int, first: int) -> Select[int]:
    return select(EntryMarkRow.place).filter_by(group_id=group_id, listed=True).where(EntryMarkRow.place >= first)


def first_since(db: Session, group_id: int, at: datetime) -> int:
    """Of the entries made then or later the first one's place: places go with time."""
    first = select(func.min(EntryRow.place)).where(EntryRow.group_id == group_id, EntryRow.entered_at >= at)
    return db.scalar(first) or LAST


def query(db: Session, group_id: int, words: Sequence[str]) -> str:
    """All of them, each as a beginning unless it is short. They are letters and digits alone, and quoted besides."""
    asked = [word for word in words if WORD.fullmatch(word)][:MOST_WORDS]
    if on_sqlite(db):
        return " AND ".join(f'"{word}"{" *" if starts(word) else ""}' for word in asked)
    return " & ".join([f"'{scope(group_id)}'", *(f"'{word}'{':*' if starts(word) else ''}" for word in asked)])


def starts(word: str) -> bool:
    return len(word) >= SHORTEST_START and not UNSPACED.search(word)


def about(db: Session, group_id: int, number: int) -> list[EntryRow]:
    """All entries of the thing with this D-number, and later ones that correct, end or add to it; oldest first."""
    theirs = or_(EntryMarkRow.number == number, EntryMarkRow.about == number)
    places = select(EntryMarkRow.place).where(EntryMarkRow.group_id == group_id, theirs)
    query = select(EntryRow).where(EntryRow.group_id == group_id, EntryRow.place.in_(places))
    return list(db.scalars(query.order_by(EntryRow.place)))


def forget_words(db: Session) -> None:
    """After an erasure: SQLite keeps the words of deleted rows until all are written anew."""
    if on_sqlite(db):
        db.execute(text("INSERT INTO entry_words (entry_words) VALUES ('optimize')"))


def rowid(group_id: int, place: int) -> int:
    return group_id << WIDTH | place


def scope(group_id: int) -> str:
    """A word that all entries of a group have, and that nobody can type: it has a sign in it."""
    return f"/{group_id}"


def on_sqlite(db: Session) -> bool:
    return db.get_bind().dialect.name == "sqlite"
