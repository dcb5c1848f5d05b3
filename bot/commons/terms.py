"""The terms that came of a draw, an election or a question: who served from when to when, and how it ended."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.message import Block, bullet
from bot.commons import roll, texts
from bot.language import Voice
from bot.tidy import isolated
from models import MandateRow


def story(db: Session, first: Sequence[MandateRow], v: Voice) -> list[Block]:
    """Each in a line, with the terms in a row that followed it."""
    served = list(dict.fromkeys(mandate for each in first for mandate in with_following(db, each)))
    names = roll.names_in(db, [mandate.member for mandate in served])
    return [bullet(line(v, name, mandate)) for name, mandate in zip(names, served, strict=True)]


def with_following(db: Session, mandate: MandateRow) -> Iterator[MandateRow]:
    following: MandateRow | None = mandate
    while following is not None:
        yield following
        renewed = select(MandateRow).filter_by(follows_id=following.id, way="renewal")
        following = db.scalar(renewed.order_by(MandateRow.id).limit(1))


def line(v: Voice, name: str, mandate: MandateRow) -> str:
    role, until = isolated(mandate.role.name), mandate.ended_at or mandate.ends_at
    if mandate.state == "running":
        return texts.serves(v, name, role, mandate.starts_at, until, mandate.way == "renewal")
    return texts.served(v, name, role, (mandate.starts_at, until), mandate.ended_why)
