"""Grants: a mandate that the group gives by name, to serve in a role or to answer one question for it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.member import MemberRow


class GrantRow(Base):
    """What the group was asked, what it said, and what the person said then."""

    __tablename__ = "grants"
    __table_args__ = (
        Index(None, "group_id", "number"),
        Index(None, "state", "answer_by"),
        Index(None, "mandate_id"),
        Index(None, "election_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))
    thread: Mapped[str | None]
    number: Mapped[int] = mapped_column(default=0)  # D-number of the round
    role: Mapped[str]  # its name
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), index=True)
    by_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    term: Mapped[str] = mapped_column(default="")  # how long, as it was said; "": as the role has it
    until_at: Mapped[datetime | None]  # or a date
    election_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("elections.id"))  # which came to this choice
    question: Mapped[str] = mapped_column(default="")  # of a delegate: the one thing they speak for
    instructions: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="asked")  # asked | offered | accepted | declined | silent | refused | over
    answer_by: Mapped[datetime | None]
    mandate_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("mandates.id"))
    report: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    member: Mapped[MemberRow] = relationship(foreign_keys=[member_id])
