"""Looking for what is left of somebody, and at what must not have changed when they were forgotten."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

from bot.commons import register, sealing
from bot.commons.canonical import sha256
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


def chain_holds(bot: Moot) -> bool:
    """Every entry follows from the one before, and its pieces, known or erased, are those that were hashed."""
    before = register.GENESIS
    for row in bot.entries():
        pieces = json.loads(row.personal) if row.personal else []
        whole = json.loads(row.public)["personal"] == (sealing.root(pieces) if pieces else None)
        if row.hash != sha256(before + row.public) or not whole:
            return False
        before = row.hash
    return True


def counts(bot: Moot) -> list[Any]:
    """How often what was answered; a stance that blocked ends with whoever took it."""
    with bot.database.transaction() as db:
        stances = select(StanceRow.round_id, StanceRow.stance, func.count()).where(StanceRow.stance != "object")
        marks = select(MarkRow.poll_id, MarkRow.place, func.sum(MarkRow.value)).group_by(MarkRow.poll_id, MarkRow.place)
        polls = select(PollRow.id, PollRow.voted, PollRow.received, PollRow.replaced, PollRow.refused)
        queries = (stances.group_by(StanceRow.round_id, StanceRow.stance), marks, polls)
        return [sorted(map(tuple, db.execute(query))) for query in queries]
