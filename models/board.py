"""A board: a message that shows live state, in one chat."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.chat import ChatRow


class BoardRow(Base):
    """Stale is `version > shown`; there is no dirty flag to lose a tap with."""

    __tablename__ = "boards"
    __table_args__ = (UniqueConstraint("chat_id", "kind", "subject_id"), Index(None, "kind", "subject_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))
    kind: Mapped[str]  # which feature draws it: "draw"
    subject_id: Mapped[int] = mapped_column(BigId)
    thread: Mapped[str | None]
    pin: Mapped[bool | None]
    version: Mapped[int] = mapped_column(default=1)
    shown: Mapped[int] = mapped_column(default=0)
    stale_since: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    message_id: Mapped[str | None]
    posted: Mapped[int] = mapped_column(default=1)  # how often it was put up anew
    face: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # what stands there now
    chat: Mapped[ChatRow] = relationship()
