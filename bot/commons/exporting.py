"""The register as a file: JSON Lines in canonical form, which `folkmoot verify` checks without the bot (see verifying/chain)."""

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.commons import register
from bot.commons.canonical import canonical
from models import EntryRow

FORMAT = "folkmoot-register-1"
AT_A_TIME = 500


def lines(db: Session, group_id: int, *, personal: bool = True) -> Iterator[str]:
    """One that says what it is, then one an entry, oldest first. `personal`: with what is personal, as far as it is kept."""
    count = db.scalar(select(func.count()).select_from(EntryRow).filter_by(group_id=group_id))
    yield canonical({"format": FORMAT, "entries": count, "head": register.head(db, group_id), "personal": personal})
    rows = select(EntryRow).filter_by(group_id=group_id).order_by(EntryRow.place).execution_options(yield_per=AT_A_TIME)
    for row in db.scalars(rows):
        yield line(row, personal)


def line(row: EntryRow, personal: bool) -> str:
    beside = {"personal": as_it_stands(row.personal), "salt": row.salt} if personal else {"personal": None, "salt": None}
    at = row.entered_at.astimezone(UTC).isoformat()
    return canonical({"place": row.place, "at": at, "public": as_it_stands(row.public), "hash": row.hash} | beside)


def as_it_stands(text: str | None) -> Any:
    """What the canonical text says; one that is not canonical as it is, so that the check finds it."""
    if text is None:
        return None
    try:
        value = json.loads(text)
        return value if canonical(value) == text else text
    except ValueError:
        return text
