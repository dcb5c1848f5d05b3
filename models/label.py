"""Labels that people give themselves, for draws that are balanced."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId


class LabelRow(Base):
    """What somebody has said of themselves, while it stands; erased, it is gone, and nothing of it enters the register."""

    __tablename__ = "labels"
    __table_args__ = (Index(None, "group_id", "category"),)

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)  # folded
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    value: Mapped[str]  # as it was typed
