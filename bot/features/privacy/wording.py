"""What others wrote stays as it is, and a public archive names nobody who was forgotten: it has words of its own for that."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons import masking, register, texts
from bot.features.privacy.traces import Traces
from bot.language import Voice
from models import EntryMarkRow, EntryRow, GroupRow


def unname(db: Session, group: GroupRow, traces: Traces) -> None:
    somebody = texts.somebody(Voice(group.language))
    mask = masking.mask(traces.names, lambda name: somebody)
    on = (EntryMarkRow.group_id == EntryRow.group_id) & (EntryMarkRow.place == EntryRow.place)
    for row, mark in db.execute(select(EntryRow, EntryMarkRow).join(EntryMarkRow, on).where(EntryRow.group_id == group.id)):
        unname_in(row, mark, mask)
    db.flush()


def unname_in(row: EntryRow, mark: EntryMarkRow, mask: masking.Mask) -> None:
    """Of what was erased meanwhile no copy stays."""
    read = register.read(row)
    said = {key: value for key, value in {**read.facts, **read.personal}.items() if key in masking.WORDED}
    before = {key: value for key, value in (mark.unnamed or {}).items() if still_said(said.get(key))}
    masked = masking.masked({**said, **before}, mask)
    mark.unnamed = {key: value for key, value in masked.items() if value != said[key]} or None


def still_said(value: object) -> bool:
    return bool(value) and not (isinstance(value, list) and None in value)
