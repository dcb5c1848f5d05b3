"""What a transaction knows already: of a crowd that does the same in one batch, each need not ask for it again.

All of it is forgotten when the transaction ends, and when a savepoint in it is rolled back. Whoever remembers something sees to it
that it stays true until then: because it is locked, or because it is looked at before it is used.
"""

from collections.abc import Callable, Hashable, Set
from typing import Any, TypeVar, cast

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from models.traffic import is_unwritten

T = TypeVar("T")
MEMORY, EXPECTED = "memory", "expected"  # in a session's `info`


def memory(db: Session) -> dict[Hashable, Any]:
    found: dict[Hashable, Any] = db.info.setdefault(MEMORY, {})
    return found


@event.listens_for(Session, "after_soft_rollback")
def forget(db: Session, previous: SessionTransaction) -> None:
    """Rows as well: one that was read again after its change, in the savepoint that is gone, would stay as it was read."""
    db.info.pop(MEMORY, None)
    if previous.nested:
        db.expire_all()


def once(db: Session, key: Hashable, look: Callable[[], T]) -> T:
    """What was found at the first look; None is looked for again."""
    kept = memory(db)
    if key in kept:
        return cast(T, kept[key])
    found = look()
    if found is not None:
        kept[key] = found
    return found


def unless_written(db: Session, tables: frozenset[str], key: Hashable, look: Callable[[], T]) -> T:
    """The same, as long as nothing was written to these tables in this transaction."""
    return once(db, key, look) if is_unwritten(db, tables) else look()


def expect(db: Session, people: Set[tuple[str, str]]) -> None:
    """Who acts in this transaction, by platform and id: what is asked of one of them will be asked of all."""
    db.info[EXPECTED] = people


def expected(db: Session) -> Set[tuple[str, str]]:
    found: Set[tuple[str, str]] = db.info.get(EXPECTED, frozenset())
    return found
