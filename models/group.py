"""A group: the people, and how they want to be spoken to."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId


class GroupRow(Base):
    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    title: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    zone: Mapped[str] = mapped_column(default="UTC")
    hat_window: Mapped[int | None]  # seconds; None: as config.toml says
    choices: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # settings that features bring, by name
    last_number: Mapped[int] = mapped_column(default=0)  # of the D-numbers given out
    created_at: Mapped[datetime]
    digest_at: Mapped[datetime | None] = mapped_column(index=True)  # when the next digest is due; None: to be worked out
    digest_entry: Mapped[int] = mapped_column(default=0, server_default="0")  # of the register, the last that a digest covered
    digest_number: Mapped[int] = mapped_column(default=0, server_default="0")  # the newest D-number then
    digest_told_at: Mapped[datetime | None]  # when that was: what was published late is told from then on
    bulletin_at: Mapped[datetime | None] = mapped_column(index=True)  # when the next weekly one is due; None: to be worked out
    balance_at: Mapped[datetime | None] = mapped_column(index=True)  # when it is next asked whether the same few carry most
