"""A recall: some of the group want somebody's mandate to end early, and then the group decides."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.mandate import MandateRow
from models.member import MemberRow


class RecallRow(Base):
    __tablename__ = "recalls"
    __table_args__ = (UniqueConstraint("group_id", "number"), Index(None, "state", "closes_at"), Index(None, "mandate_id", "state"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))  # where it was opened
    thread: Mapped[str | None]
    number: Mapped[int]  # D-number in the group
    mandate_id: Mapped[int] = mapped_column(BigId, ForeignKey("mandates.id"))
    holder_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), index=True)
    opener_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    reason: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # of the holder
    method: Mapped[str]  # how the group decides: consent | majority | secret majority
    suspends: Mapped[bool]  # whether the mandate rests while the group decides
    needed: Mapped[int]  # supporters, the opener among them
    state: Mapped[str] = mapped_column(default="gathering")  # see features/recall/rules.State
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]  # when it lapses unless there are supporters enough
    question_number: Mapped[int | None]  # of the round or poll in which the group decides
    ended_at: Mapped[datetime | None]
    mandate: Mapped[MandateRow] = relationship()
    holder: Mapped[MemberRow] = relationship(foreign_keys=[holder_id])
    opener: Mapped[MemberRow] = relationship(foreign_keys=[opener_id])


class SupportRow(Base):
    """That a member wants the group to decide. Gone once the recall is over: nobody is named afterwards."""

    __tablename__ = "recall_supports"

    recall_id: Mapped[int] = mapped_column(BigId, ForeignKey("recalls.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), primary_key=True, index=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    given_at: Mapped[datetime]
    member: Mapped[MemberRow] = relationship()
