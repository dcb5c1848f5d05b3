"""Notes: what was decided or happened outside of the bot, written down by somebody; and what people look up."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.member import MemberRow


class NoteRow(Base):
    """In the register at once; for a day anybody may object, and then it is contested until the group has decided."""

    __tablename__ = "notes"
    __table_args__ = (UniqueConstraint("group_id", "number"), Index(None, "state", "holds_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))
    thread: Mapped[str | None]
    number: Mapped[int]  # D-number in the group
    kind: Mapped[str]  # note | decided
    text: Mapped[str]
    corrects: Mapped[int | None]  # D-number of what it corrects or adds to
    by_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    state: Mapped[str] = mapped_column(default="announced")  # announced | stands | contested | withdrawn | dropped
    noted_at: Mapped[datetime]
    holds_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    objector_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("members.id"))
    reason: Mapped[str] = mapped_column(default="")
    decision: Mapped[int | None]  # D-number of the round that decides on the objection
    by: Mapped[MemberRow] = relationship(foreign_keys=[by_id])
    objector: Mapped[MemberRow | None] = relationship(foreign_keys=[objector_id])


class SearchRow(Base):
    """What somebody looks for in the register, and the page of it that stands in the chat; for a day."""

    __tablename__ = "searches"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"), index=True)
    words: Mapped[str]  # as they were typed
    since: Mapped[datetime | None]
    face: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # the message; None: it is over
    asked_at: Mapped[datetime]
