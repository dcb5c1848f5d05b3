"""The register: what was decided, drawn and changed; append-only and chained, so that a change behind its back shows."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons import finding, sealing
from bot.commons.canonical import canonical, sha256
from bot.commons.words import words_in
from bot.dice import Dice
from bot.routing.house import SHOWN, Entry
from models import EntryMarkRow, EntryRow, GroupRow

GENESIS = "0" * 64
FORM = 2  # of what is hashed; the first had one commitment for all that is personal, and no number
SUBJECTS = ("change", "decision", "poll", "draw", "recall", "election", "report", "council", "review", "note", "meeting")
LISTED = frozenset(
    {
        "circle",
        "council convened",
        "council ends",
        "decision",
        "draw",
        "election",
        "minutes",
        "note",
        "note contested",
        "note ends",
        "note uncontested",
        "poll",
        "recall ends",
        "report",
        "review",
        "role",
        "settings",
    }
)  # kinds of entries that tell what was decided, drawn or noted; the others are steps of it
NUMBER = re.compile(r"D-(\d+)")


def next_number(group: GroupRow) -> int:
    """The group's next D-number. The group is locked while an event of it is handled, so no number is given twice."""
    group.last_number += 1
    return group.last_number


def enter(
    db: Session,
    group: GroupRow,
    kind: str,
    facts: Mapping[str, Any],
    *,
    now: datetime,
    dice: Dice,
    personal: Mapping[str, Any] | None = None,
) -> EntryRow:
    """Append an entry. `facts` are hashed for good and name nobody: figures, dates, numbers, words of our own.

    Whatever a person wrote or could be known by goes into `personal`, which is hashed piece by piece (see commons/sealing).
    """
    last = db.scalar(select(EntryRow).filter_by(group_id=group.id).order_by(EntryRow.place.desc()).limit(1))
    place, before = (last.place + 1, last.hash) if last else (1, GENESIS)
    pieces = sealing.pieces_of(personal, dice.secret()) if personal else []
    head = {"v": FORM, "place": place, "kind": kind, "at": now.isoformat(), "facts": dict(facts)}
    public = canonical(head | {"personal": sealing.root(pieces) if pieces else None})
    entry = EntryRow(group_id=group.id, place=place, public=public, hash=sha256(before + public), entered_at=now)
    entry.personal = canonical(pieces) if pieces else None
    db.add(entry)
    db.add(mark(group.id, place, kind, facts))
    db.flush()
    finding.index(db, group.id, place, words_in(facts, personal or {}))
    return entry


def mark(group_id: int, place: int, kind: str, facts: Mapping[str, Any]) -> EntryMarkRow:
    earlier = NUMBER.fullmatch(str(facts.get("ends") or facts.get("corrects") or ""))
    about = int(earlier[1]) if earlier else None
    return EntryMarkRow(group_id=group_id, place=place, number=number_in(facts), about=about, listed=kind in LISTED)


def read(row: EntryRow, name_of: Callable[[Any], str] = str, most: int = SHOWN) -> Entry:
    """`name_of`: the name of whose label stands in it. `most`: characters of people's words."""
    public = json.loads(row.public)
    return Entry(row.place, public["kind"], row.entered_at, public["facts"], sealing.put_together(row.personal), name_of, most)


def number_in(facts: Mapping[str, Any]) -> int | None:
    """The D-number of what an entry is about."""
    named = (NUMBER.fullmatch(str(facts[subject])) for subject in SUBJECTS if facts.get(subject))
    return next((int(found[1]) for found in named if found), None)


def head(db: Session, group_id: int) -> str:
    """The hash of the newest entry: whoever keeps it is a witness of all before."""
    newest = select(EntryRow.hash).filter_by(group_id=group_id).order_by(EntryRow.place.desc()).limit(1)
    return db.scalar(newest) or GENESIS
