"""Where a room's digest begins: where the last one ended; where that began, if nobody knows whether it arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import ChatRow, GroupRow, PromiseRow

LOST = ("unknown", "failed")  # states of a promise that may not have arrived, and is tried no more


@dataclass(frozen=True, slots=True)
class Beginning:
    """After which entry and which D-number, and since when. `again`: the last digest may have told of it."""

    after: int
    known: int
    at: datetime
    again: bool = False


def of(db: Session, group: GroupRow, chat: ChatRow) -> Beginning:
    last = chat.digest
    if last and is_lost(db, last["keys"]):
        return Beginning(last["after"], last["known"], datetime.fromisoformat(last["at"]), again=True)
    return Beginning(group.digest_entry, group.digest_number, group.digest_told_at or group.created_at)


def is_lost(db: Session, keys: Sequence[str]) -> bool:
    return any(state in LOST for state in states(db, keys))


def states(db: Session, keys: Sequence[str]) -> Sequence[str]:
    return db.scalars(select(PromiseRow.state).where(PromiseRow.key.in_(keys))).all()


def note(db: Session, chat: ChatRow, begins: Beginning, keys: Sequence[str]) -> None:
    """One that still waits to be sent is remembered with it: it may be lost later."""
    last = chat.digest
    if last and not begins.again and "waiting" in states(db, last["keys"]):
        chat.digest = {**last, "keys": [*last["keys"], *keys]}
    else:
        chat.digest = {"keys": list(keys), "after": begins.after, "known": begins.known, "at": begins.at.isoformat()}
