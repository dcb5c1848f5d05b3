"""Changes behind the bot's back: one field, or one entry that goes, moves or comes twice."""

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from models import EntryRow

COLUMNS = ("public", "personal", "salt", "hash", "entered_at", "place", "group_id")
ELSEWHERE = 2  # the id of another group


def changed(dice: Random, value: Any) -> Any:
    """The same with one thing different."""
    if value is None:
        return dice.choice(("", "x", "{}", "[]", "null", "0" * 64))
    if not isinstance(value, str):
        return value + timedelta(microseconds=dice.choice((1, -1, 10**6, 10**12)))
    place, way = dice.randrange(len(value) + 1), dice.randrange(6)
    put = dice.choice('0123456789abcdefghijklmnopqrstuvwxyz{}[]",: \n\\-é')
    made = [
        value[:place] + put + value[place:],
        value[:place] + put + value[place + 1 :],
        value[:place] + value[place + 1 :],
        value[:place],
        value[:place] + value[place : place + 9] + value[place:],
        None,
    ][way]
    return changed(dice, value) if made == value else made


def tamper(db: Session, dice: Random) -> str:
    """One change, and what it was."""
    rows = db.query(EntryRow).filter_by(group_id=1).order_by(EntryRow.place).all()
    row, way = dice.choice(rows), dice.choice(["field"] * 7 + ["deleted", "swapped", "doubled"])
    if way == "field":
        return field(db, dice, row, dice.choice(COLUMNS), len(rows))
    if way == "deleted":
        db.delete(row)
    elif way == "swapped":
        swap(db, row, dice.choice([each for each in rows if each is not row]))
    else:
        db.add(EntryRow(**copied(row) | {"place": len(rows) + dice.randint(1, 2)}))
    return f"{way} {row.place}"


def field(db: Session, dice: Random, row: EntryRow, column: str, last: int) -> str:
    what = f"{column} of {row.place}"
    if column == "group_id":
        row.group_id = ELSEWHERE
    elif column == "place":
        row.place = last + dice.randint(1, 9)
    else:
        before = getattr(row, column)
        after = changed(dice, before)
        setattr(row, column, "" if after is None and column in {"public", "hash"} else after)
    return what


def copied(row: EntryRow) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in EntryRow.__table__.columns}


def swap(db: Session, one: EntryRow, other: EntryRow) -> None:
    values, theirs = copied(one), copied(other)
    db.delete(one)
    db.delete(other)
    db.flush()
    db.add(EntryRow(**values | {"place": theirs["place"]}))
    db.add(EntryRow(**theirs | {"place": values["place"]}))
