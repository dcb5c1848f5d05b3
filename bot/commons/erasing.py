"""Forgetting in the register: pieces of what is personal go, the chain stays, and an entry tells where something went."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons import finding, register, sealing
from bot.commons.canonical import canonical
from bot.commons.words import words_in
from bot.dice import Dice
from models import EntryRow, GroupRow


def erase(db: Session, group: GroupRow, theirs: Callable[[Any], bool], now: datetime, dice: Dice) -> list[int]:
    """Erase every piece whose value is said to be theirs, and enter that it was done; gives the places. An entry of the first
    form has one piece. Whoever calls this has the database scrubbed afterwards."""
    rows = db.scalars(select(EntryRow).filter_by(group_id=group.id).where(EntryRow.personal.is_not(None)).order_by(EntryRow.place))
    places = [row.place for row in rows if erase_in(db, row, theirs)]
    if places:
        register.enter(db, group, "forgotten", {"entries": places}, now=now, dice=dice)
        finding.forget_words(db)
    return places


def erase_in(db: Session, row: EntryRow, theirs: Callable[[Any], bool]) -> bool:
    """Says whether anything of theirs stood there."""
    kept = json.loads(row.personal or "[]")
    if isinstance(kept, dict):
        left = None if any(map(theirs, [*kept, *kept.values()])) else row.personal
    else:
        left = canonical(sealing.without(kept, theirs))
    if left == row.personal:
        return False
    row.personal = left
    row.salt = row.salt if left is not None else None
    db.flush()
    read = register.read(row)
    finding.index(db, row.group_id, row.place, words_in(read.facts, read.personal))
    return True
