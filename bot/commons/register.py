"""The register: what was decided, drawn and changed; append-only and chained, so that a change behind its back shows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons.canonical import canonical, sha256
from bot.dice import Dice
from models import EntryRow, GroupRow

GENESIS = "0" * 64


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
    """Append an entry. `personal` stays outside the hashed part, behind a salted commitment, so that it can be forgotten."""
    last = db.scalar(select(EntryRow).filter_by(group_id=group.id).order_by(EntryRow.place.desc()).limit(1))
    salt = dice.secret().hex() if personal else None
    kept = canonical(personal) if personal else None
    commitment = sha256(f"{salt}{kept}") if personal else None
    place = last.place + 1 if last else 1
    public = canonical({"place": place, "kind": kind, "at": now.isoformat(), "facts": dict(facts), "personal": commitment})
    digest = sha256((last.hash if last else GENESIS) + public)
    entry = EntryRow(group_id=group.id, place=place, public=public, salt=salt, personal=kept, hash=digest, entered_at=now)
    db.add(entry)
    db.flush()
    return entry


def head(db: Session, group_id: int) -> str:
    """The hash of the newest entry: whoever keeps it is a witness of all before."""
    newest = select(EntryRow.hash).filter_by(group_id=group_id).order_by(EntryRow.place.desc()).limit(1)
    return db.scalar(newest) or GENESIS
