"""The register: append-only, each entry chained to the one before it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId


class EntryRow(Base):
    """`hash` = SHA-256(previous hash ‖ canonical JSON of the public part); `personal` stands outside, behind a commitment."""

    __tablename__ = "entries"

    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … in each group
    public: Mapped[str]  # canonical JSON
    salt: Mapped[str | None]
    personal: Mapped[str | None]  # canonical JSON; may be erased
    hash: Mapped[str]
    entered_at: Mapped[datetime]
