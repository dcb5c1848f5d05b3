"""A chat: one room on one platform, and the lane in which messages leave for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.group import GroupRow


class ChatRow(Base):
    __tablename__ = "chats"
    __table_args__ = (UniqueConstraint("platform", "ref"), Index(None, "group_id"), Index(None, "person_ref"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    platform: Mapped[str]
    ref: Mapped[str]  # the platform's own id
    account: Mapped[str | None]  # of several on the platform, the one that serves it, as in `intakes`; None: the only one
    kind: Mapped[str]  # group | private
    title: Mapped[str] = mapped_column(default="")
    group_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("groups.id"))  # None: a private chat
    person_ref: Mapped[str | None]  # of a private chat: the platform's id of whose it is
    language: Mapped[str | None]  # the room's own; None: the group's
    encrypted: Mapped[bool] = mapped_column(default=False)  # ever seen encrypted: no clear text goes there
    state: Mapped[str] = mapped_column(default="open")  # open | closed: the bot may not write there
    not_before: Mapped[datetime | None]  # the platform's flood pause for this lane
    created_at: Mapped[datetime]
    digest: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # the last: its promises, and where it began
    group: Mapped[GroupRow | None] = relationship()

    @hybrid_property
    def served_by(self) -> str:
        """The bot's account that is there."""
        return self.account or self.platform

    @served_by.inplace.expression
    @classmethod
    def _served_by(cls) -> ColumnElement[str]:
        return func.coalesce(cls.account, cls.platform)
