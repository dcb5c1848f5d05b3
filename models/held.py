"""Writes that are held back: what a crowd does in one batch is written together, before the database is asked anything else.

To whoever asks it is as if each had been written at once: any other statement of the transaction, and its end, writes them first.
What a savepoint undoes is forgotten with it.
"""

from collections.abc import Callable, Hashable

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from models.traffic import WRITTEN, count_write, info_of

HELD = "held"  # in a connection's `info`
Write = Callable[[Connection], None]


def hold(db: Session, table: str, key: Hashable, write: Write) -> None:
    """`write` is called once, with all that there is to write by then; of several under one key the first."""
    info = info_of(db)
    info.setdefault(HELD, {}).setdefault(key, write)
    count_write(info, table)


def watch(engine: Engine) -> None:
    """From now on nothing overtakes what is held."""
    event.listen(engine, "before_cursor_execute", lambda connection, *_: let_go(connection))
    event.listen(engine, "commit", let_go)
    event.listen(engine, "rollback", forget)
    event.listen(engine, "rollback_savepoint", forget)


def let_go(connection: Connection) -> None:
    """It was counted among the writes when it was held, and is not counted again."""
    if held := connection.info.pop(HELD, None):
        counted = connection.info[WRITTEN].copy()
        for write in held.values():
            write(connection)
        connection.info[WRITTEN] = counted


def forget(connection: Connection, *_: object) -> None:
    connection.info.pop(HELD, None)
