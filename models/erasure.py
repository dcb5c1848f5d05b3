"""Erasures: that somebody was forgotten, until what the database put aside of it is wiped as well."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId


class ErasureRow(Base):
    """It says nothing of whom; gone as soon as it is done."""

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    erased_at: Mapped[datetime]
