"""A promise: one message that will be sent, written in the transaction that makes it true."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.chat import ChatRow


class PromiseRow(Base):
    __tablename__ = "promises"
    __table_args__ = (
        Index("ix_promises_state", "state", "chat_id", "id"),
        Index("ix_promises_message_id", "chat_id", "message_id"),
        Index(None, "words_until"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))
    key: Mapped[str] = mapped_column(unique=True)  # readable: "draw:17:result:3"
    must: Mapped[bool]  # repeated once after an unknown outcome
    body: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True)
    )  # None: not drawn from `board_id` yet, or forgotten
    words_until: Mapped[datetime | None]  # when its words are forgotten; None: it is still to be sent, or they are
    board_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("boards.id"))
    awaits: Mapped[str | None]  # "objection:12": words in reply go to this kind's reader, about this subject
    pin: Mapped[bool | None]
    reply_to: Mapped[str | None]
    thread: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="waiting")  # waiting | sent | unknown | failed | dropped
    tries: Mapped[int] = mapped_column(default=0)
    unknowns: Mapped[int] = mapped_column(default=0)  # tries whose outcome nobody knows
    trying: Mapped[bool] = mapped_column(default=False)  # a try has begun and not come back
    tried_at: Mapped[datetime | None]  # the first try
    not_before: Mapped[datetime | None]
    promised_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[str | None]  # the platform's, once it stands
    chat: Mapped[ChatRow] = relationship()
