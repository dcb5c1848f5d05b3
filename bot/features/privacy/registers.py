"""Taking somebody out of a register: their pieces go, and what was hashed of them stays, so that the chain still holds."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons import finding, register, sealing
from bot.commons.canonical import canonical
from bot.commons.words import words_in
from bot.features.privacy.traces import Traces, texts_in
from models import EntryMarkRow, EntryRow

SAID = ("reason", "answer", "stances", "objections", "nominations")  # pieces in which single people speak
ASKED = ("text", "question", "options")  # of a question about somebody, in our words


def erase(db: Session, group_id: int, traces: Traces, about: Collection[int]) -> None:
    """`about`: the D-numbers of questions about them."""
    rows = db.scalars(select(EntryRow).where(EntryRow.group_id == group_id, EntryRow.personal.is_not(None)))
    numbers = dict(db.execute(select(EntryMarkRow.place, EntryMarkRow.number).filter_by(group_id=group_id)).all())
    changed = [row for row in rows.all() if take_out(row, traces, numbers.get(row.place) in about)]
    for row in changed:
        entry = register.read(row)
        finding.index(db, group_id, row.place, words_in(entry.facts, entry.personal))
    db.flush()


def take_out(row: EntryRow, traces: Traces, about_them: bool) -> bool:
    """Says whether there was anything."""
    pieces = json.loads(row.personal or "[]")
    if isinstance(pieces, dict):
        return drop_whole(row, pieces, traces)
    left = [sealing.erased(piece) if is_theirs(piece, traces, about_them) else piece for piece in pieces]
    row.personal = canonical(left)
    return bool(left != pieces)


def drop_whole(row: EntryRow, personal: dict[str, Any], traces: Traces) -> bool:
    """An entry of the first form has one commitment for all that is personal: all of it goes, or nothing."""
    theirs = any(label in text.split() for text in texts_in([*personal, personal]) for label in traces.labels)
    if theirs:
        row.personal, row.salt = None, None
    return theirs


def is_theirs(piece: sealing.Piece, traces: Traces, about_them: bool) -> bool:
    if sealing.is_erased(piece):
        return False
    key = str(piece[0]).partition("[")[0].partition("{")[0]
    texts = list(texts_in(piece[2]))
    named = any(label in text.split() for text in texts for label in traces.labels)
    spoken = key in SAID and any(map(traces.says_theirs, texts))
    return named or spoken or (about_them and key in ASKED)
