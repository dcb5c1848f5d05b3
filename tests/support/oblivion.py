"""Looking for what is left of somebody, and at what must not have changed when they were forgotten."""

from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

from bot.commons import exporting
from bot.verifying import chain, contents
from models import MarkRow, PollRow, StanceRow
from tests.support.moot import Moot

ZELDA, REF = "Zelda Quarx", "98765432101"
SAID = ("bristlecone", "quagmire", "zeugma", "nudibranch", "ombrophobe")


def kept(bot: Moot) -> bytes:
    """All that the database has: its files, or every row of every table."""
    url = make_url(bot.url)
    if url.get_backend_name() == "sqlite":
        source = Path(str(url.database))
        return b"".join(part.read_bytes() for part in sorted(source.parent.glob(f"{source.name}*")))
    with bot.database.transaction() as db:
        words = db.execute(text("SELECT CAST(words AS text) FROM entry_words")).all()
        sampled = db.execute(text("SELECT CAST(pg_stats AS text) FROM pg_stats WHERE schemaname = 'public'")).all()
    return repr([bot.dump(frozenset()), words, sampled]).encode()


def traces(bot: Moot) -> list[str]:
    found = kept(bot).lower()
    return [word for word in ("zelda", "quarx", "zq_handle", REF, *SAID) if word.encode() in found]


def on_disk(bot: Moot, server: Path) -> list[str]:
    """What a PostgreSQL server's files for this database still hold."""
    with bot.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        own = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar()
    files = [path.read_bytes().lower() for path in server.glob(f"**/base/{own}/*")]
    assert len(files) > 100
    return [word for word in ("zelda", "quarx", REF, *SAID) if any(word.encode() in file for file in files)]


def chain_holds(bot: Moot) -> bool:
    """As `folkmoot verify` finds it: the chain, the accounts and the draws."""
    with bot.database.transaction() as db:
        lines = list(exporting.lines(db, 1))
    contents.check(chain.read(lines).entries)
    return not any(word.encode() in "".join(lines).lower().encode() for word in ("zelda", "quarx", "zq_handle", REF, *SAID))


def counts(bot: Moot) -> list[Any]:
    """How often what was answered; a stance that blocked ends with whoever took it."""
    with bot.database.transaction() as db:
        stances = select(StanceRow.round_id, StanceRow.stance, func.count()).where(StanceRow.stance != "object")
        marks = select(MarkRow.poll_id, MarkRow.place, func.sum(MarkRow.value)).group_by(MarkRow.poll_id, MarkRow.place)
        polls = select(PollRow.id, PollRow.voted, PollRow.received, PollRow.replaced, PollRow.refused)
        queries = (stances.group_by(StanceRow.round_id, StanceRow.stance), marks, polls)
        return [sorted(map(tuple, db.execute(query))) for query in queries]
