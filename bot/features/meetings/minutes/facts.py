"""What minutes tell, read from the register: it alone knows, once a meeting is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import entries, register
from bot.language import Voice
from bot.routing.house import Entry, House, Told
from bot.tidy import isolated, tidy
from models import EntryRow, GroupRow

KIND, LONGEST = "minutes", 10_000  # characters of what was decided


@dataclass(frozen=True, slots=True)
class Note:
    item: int  # its place on the agenda; 0: none
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """Of one meeting."""

    number: str  # D-12
    place: int  # in the register
    hash: str
    started_at: datetime
    ended_at: datetime
    agenda: Sequence[tuple[str, int]]  # items, and how many seconds each took
    notes: Sequence[Note]
    present: int
    there: Sequence[str]  # only where the group wants names
    facilitator: str
    note_taker: str
    inside: Sequence[tuple[Entry, Told]]  # entries that were made while it lasted


@dataclass(frozen=True, slots=True)
class Stretch:
    """Of a stretch of time."""

    since: datetime
    until: datetime
    told: Sequence[tuple[Entry, Told]]
    notes: Sequence[tuple[Entry, Note]]
    left: int  # entries that there was no room for
    hash: str


def of_meeting(db: Session, group: GroupRow, row: EntryRow, v: Voice, house: House) -> Minutes:
    name_of = entries.names_for(db, group, v)
    entry = register.read(row, name_of)
    first, last = entry.facts["entries"] or (1, 0)
    inside = entries.after(db, group.id, first - 1, last) if last else []
    return Minutes(
        number=entry.facts["meeting"],
        place=entry.place,
        hash=row.hash,
        started_at=entry.when("started_at"),
        ended_at=entry.when("ended_at"),
        agenda=list(zip((isolated(text or "…") for text in listed(entry, "agenda")), entry.facts["spent"], strict=False)),
        notes=notes(entry),
        present=entry.facts["present"],
        there=[name_of(label) for label in listed(entry, "there")],
        facilitator=entry.who("facilitator") if entry.personal.get("facilitator") else "",
        note_taker=entry.who("note_taker") if entry.personal.get("note_taker") else "",
        inside=entries.told(db, group, inside, v, house),
    )


def in_full(entry: Entry, told: Told) -> list[str]:
    """An entry's line, and the words behind it where the line had no room for all of them."""
    text = entry.personal.get("text") or entry.facts.get("text")
    shown = isolated(tidy(text, LONGEST)) if isinstance(text, str) else ""
    return [told.words] if shown in told.words else [told.words, shown]


def listed(entry: Entry, key: str) -> list[str]:
    """What was forgotten since is None."""
    return list(entry.personal.get(key) or ())


def notes(entry: Entry) -> list[Note]:
    kept = (each for each in entry.personal.get("notes") or () if each)
    return [Note(place, entry.name_of(label), isolated(text)) for place, label, text in kept]


def of_stretch(db: Session, group: GroupRow, since: datetime, until: datetime, most: int, v: Voice, house: House) -> Stretch:
    """What was entered from the one instant to the other."""
    first, last = entries.first_since(db, group.id, since), entries.last_until(db, group.id, until)
    rows = entries.after(db, group.id, first - 1, min(last, first - 1 + most))
    told = entries.told(db, group, rows, v, house)
    noted = [(entry, note) for entry, _ in told if entry.kind == KIND for note in notes(entry)]
    return Stretch(since, until, told, noted, max(0, last - first + 1 - most), register.head(db, group.id))
