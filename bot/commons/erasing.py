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

Chosen = Callable[[int, str, Any], bool]  # the entry's place, the key of a piece (`stances`), and its value


def erase(db: Session, group: GroupRow, theirs: Callable[[Any], bool], now: datetime, dice: Dice) -> list[int]:
    """Erase every piece whose value is said to be theirs; see `erase_pieces`."""
    return erase_pieces(db, group, lambda place, key, value: theirs(value), now, dice)


def erase_pieces(db: Session, group: GroupRow, chosen: Chosen, now: datetime, dice: Dice) -> list[int]:
    """Erase every piece that is chosen, and enter that it was done; gives the places. An entry of the first form has one
    piece. Whoever calls this has the database scrubbed afterwards."""
    rows = db.scalars(select(EntryRow).filter_by(group_id=group.id).where(EntryRow.personal.is_not(None)).order_by(EntryRow.place))
    places = [row.place for row in rows if erase_in(db, row, chosen)]
    if places:
        register.enter(db, group, "forgotten", {"entries": places}, now=now, dice=dice)
        finding.forget_words(db)
    return places


def erase_in(db: Session, row: EntryRow, chosen: Chosen) -> bool:
    """Says whether anything that is chosen stood there."""
    left = without(row, chosen)
    if left == row.personal:
        return False
    row.personal = left
    row.salt = row.salt if left is not None else None
    db.flush()
    read = register.read(row)
    finding.index(db, row.group_id, row.place, words_in(read.facts, read.personal))
    return True


def without(row: EntryRow, chosen: Chosen) -> str | None:
    """What is personal in it, without what is chosen."""
    kept = json.loads(row.personal or "[]")
    if isinstance(kept, dict):
        pairs = [
            (key, [each, value] if isinstance(kept[key], dict) else value) for key in kept for each, value in each_of(kept[key])
        ]
        return None if any(chosen(row.place, key, value) for key, value in pairs) else row.personal
    return canonical([piece if sealing.is_erased(piece) else taken(row.place, piece, chosen) for piece in kept])


def each_of(value: Any) -> list[tuple[Any, Any]]:
    return list(value.items()) if isinstance(value, dict) else [(None, value)]


def taken(place: int, piece: sealing.Piece, chosen: Chosen) -> sealing.Piece:
    key = sealing.NAME.fullmatch(piece[0])
    return sealing.erased(piece) if key and chosen(place, key["key"], piece[2]) else piece
