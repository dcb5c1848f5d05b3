"""The register: append-only, each entry chained to the one before it; and what it is found by, which can be made anew from it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId


class EntryRow(Base):
    """`hash` = SHA-256(previous hash ‖ canonical JSON of the public part); `personal` stands outside, behind a commitment."""

    __tablename__ = "entries"
    __table_args__ = (Index(None, "group_id", "entered_at"),)

    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … in each group
    public: Mapped[str]  # canonical JSON
    salt: Mapped[str | None]  # of the first form alone: since then each piece of `personal` has its own
    personal: Mapped[str | None]  # canonical JSON; may be erased, piece by piece
    hash: Mapped[str]
    entered_at: Mapped[datetime]


class EntryMarkRow(Base):
    """What an entry is about. Its words stand in the table entry_words, which is of another kind on each database."""

    __tablename__ = "entry_marks"
    __table_args__ = (
        Index(None, "group_id", "number"),
        Index(None, "group_id", "about"),
        Index(None, "group_id", "listed", "place"),
    )

    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None]  # D-number of what it tells of
    about: Mapped[int | None]  # D-number of something earlier that it corrects, ends or adds to
    listed: Mapped[bool]  # something that was decided, drawn or noted, and no mere step of it
    unnamed: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # words in it that named who is forgotten, as an archive has them


class PublicationRow(Base):
    """A message that tells a room of the group of an entry: promised with it, and delivered at some time."""

    __tablename__ = "publications"
    __table_args__ = (Index(None, "group_id", "place"), Index(None, "group_id", "made_at"))

    key: Mapped[str] = mapped_column(primary_key=True)  # the promise's
    again_key: Mapped[str | None] = mapped_column(index=True)  # of a digest, that tells of it again: nobody knew if it had arrived
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    place: Mapped[int]
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))
    made_at: Mapped[datetime]  # when the entry was made
    delivered_at: Mapped[datetime | None]
