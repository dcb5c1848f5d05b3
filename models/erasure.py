"""Erasures: who wishes to be forgotten and must wait, and what is left to be wiped after somebody was."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId


class ErasureRow(Base):
    """It says nothing of whom; gone as soon as it is done."""

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    erased_at: Mapped[datetime]


class WishRow(Base):
    """Whoever acts by this account is forgotten as soon as that can be."""

    __tablename__ = "wishes"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"), primary_key=True)
    wished_at: Mapped[datetime]
