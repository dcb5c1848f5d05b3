"""Circles: named lists of members that a group keeps."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId


class CircleRow(Base):
    """A circle while there is one; what it was before stands in the register."""

    __tablename__ = "circles"
    __table_args__ = (UniqueConstraint("group_id", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    name: Mapped[str]  # as it was typed
    key: Mapped[str]  # folded
    created_at: Mapped[datetime]


class CircleMemberRow(Base):
    """That somebody is in a circle; whoever leaves the roll stays in it, and counts again once they are back."""

    __tablename__ = "circle_members"
    __table_args__ = (Index(None, "member_id"),)

    circle_id: Mapped[int] = mapped_column(BigId, ForeignKey("circles.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
