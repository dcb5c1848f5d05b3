"""Taking somebody out of a register: their pieces go, and what was hashed of them stays, so that the chain still holds."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons import erasing, register
from bot.dice import Dice
from bot.features.privacy.traces import Traces, texts_in
from models import EntryMarkRow, EntryRow, GroupRow

ASKED = ("text", "question", "options")  # of a question about somebody, in our words


def erase(db: Session, group: GroupRow, traces: Traces, about: Collection[int], now: datetime, dice: Dice) -> None:
    """`about`: the D-numbers of questions about them."""
    marks = select(EntryMarkRow.place).where(EntryMarkRow.group_id == group.id, EntryMarkRow.number.in_(about))
    asked, reasoned = set(db.scalars(marks)), made_by(db, group, traces)

    def chosen(place: int, key: str, value: Any) -> bool:
        ours = (place in asked and key in ASKED) or (place in reasoned and key == "reason")
        return ours or is_named(list(texts_in(value)), traces) or (key == "objections" and settles(value, traces.words))

    erasing.erase_pieces(db, group, chosen, now, dice)


def said(db: Session, group: GroupRow, labels: Collection[str]) -> Iterator[str]:
    """What they said, as far as it stands in the register with who said it."""
    for row in db.scalars(select(EntryRow).where(EntryRow.group_id == group.id, EntryRow.personal.is_not(None))):
        personal = register.read(row).personal
        notes = (note[2] for note in personal.get("notes") or () if note and note[1] in labels)
        objections = (each[1] for each in personal.get("objections") or () if each and each[0] in labels)
        nominations = (each[3] for each in personal.get("nominations") or () if each and each[0] in labels)
        concerns = (each[1] for who, each in (personal.get("stances") or {}).items() if who in labels)
        yield from filter(None, (*notes, *objections, *nominations, *concerns))


def made_by(db: Session, group: GroupRow, traces: Traces) -> set[int]:
    """The places of entries that say that they come from them: a reason in one is theirs."""
    rows = db.scalars(select(EntryRow).where(EntryRow.group_id == group.id, EntryRow.personal.is_not(None)))
    return {row.place for row in rows if register.read(row).personal.get("by") in traces.labels}


def is_named(texts: list[str], traces: Traces) -> bool:
    return any(label in text.split() for text in texts for label in traces.labels)


def settles(objection: Any, words: Collection[str]) -> bool:
    """Whether theirs is among the reasons, which stand one after the other, for which somebody's objection was set aside."""
    why = f"; {objection[3]}; " if isinstance(objection, list) and len(objection) > 3 else ""
    return any(f"; {word}; " in why for word in words if word)
