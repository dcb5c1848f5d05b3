"""Bulletins that were asked for and are not posted yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId


class BulletinRow(Base):
    """There from the wish until the message is promised."""

    __tablename__ = "bulletins"
    __table_args__ = (Index(None, "chat_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))
    key: Mapped[str] = mapped_column(unique=True)  # the promise's
    asked_at: Mapped[datetime]
    thread: Mapped[str | None]
    reply_to: Mapped[str | None]
    page: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # None: not gathered yet
