"""Councils: a few mandates for one issue, which end together."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.role import RoleRow


class CouncilRow(Base):
    """Its seats are those of a role of its own, which ends with it."""

    __tablename__ = "councils"
    __table_args__ = (UniqueConstraint("group_id", "number"), Index(None, "state", "ends_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))
    thread: Mapped[str | None]
    number: Mapped[int]  # D-number in the group
    role_id: Mapped[int] = mapped_column(BigId, ForeignKey("roles.id"))
    by_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    issue: Mapped[str]
    result: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="open")  # open | closed | over | given up, with its role
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime]
    role: Mapped[RoleRow] = relationship()
