"""Taking somebody out of a register: their pieces go, and what was hashed of them stays, so that the chain still holds."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons import erasing
from bot.dice import Dice
from bot.features.privacy.traces import Traces, texts_in
from models import EntryMarkRow, GroupRow

SAID = ("reason", "answer", "stances", "objections", "nominations")  # pieces in which single people speak
ASKED = ("text", "question", "options")  # of a question about somebody, in our words


def erase(db: Session, group: GroupRow, traces: Traces, about: Collection[int], now: datetime, dice: Dice) -> None:
    """`about`: the D-numbers of questions about them."""
    marks = select(EntryMarkRow.place).where(EntryMarkRow.group_id == group.id, EntryMarkRow.number.in_(about))
    asked = set(db.scalars(marks))

    def chosen(place: int, key: str, value: Any) -> bool:
        return (place in asked and key in ASKED) or is_theirs(key, list(texts_in(value)), traces)

    erasing.erase_pieces(db, group, chosen, now, dice)


def is_theirs(key: str, texts: list[str], traces: Traces) -> bool:
    named = any(label in text.split() for text in texts for label in traces.labels)
    return named or (key in SAID and any(map(traces.says_theirs, texts)))
