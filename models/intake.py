"""Intake: how far each platform has been heard, what was seen, what waits for a key, what could not be handled."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId


class IntakeRow(Base):
    """One account on a platform: its cursor, when it was last heard, and up to when all its news are worked off."""

    __tablename__ = "intakes"

    platform: Mapped[str] = mapped_column(primary_key=True)  # or "platform.name": one of several accounts there
    cursor: Mapped[str | None]
    heard_at: Mapped[datetime | None]  # the heartbeat
    silent_since: Mapped[datetime | None]  # the heartbeat after which nothing came: its rooms are behind
    drained_at: Mapped[datetime | None]  # everything that the platform had at this instant is committed
    stored_at: Mapped[datetime | None]  # … is committed, or stored under a number up to the next one:
    stored_to: Mapped[int] = mapped_column(BigId, default=0, server_default="0")
    fence: Mapped[int] = mapped_column(default=0, server_default="0")  # goes up with each process that begins to listen


class SeenRow(Base):
    """An event that was taken; a second copy of it is answered with nothing."""

    __tablename__ = "seen"
    __table_args__ = (Index(None, "seen_at"),)

    platform: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


class WaitingRow(Base):
    """An encrypted event whose key has not come."""

    __tablename__ = "waiting"

    platform: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    chat_ref: Mapped[str]
    raw: Mapped[str]
    arrived_at: Mapped[datetime]
    told_at: Mapped[datetime | None]  # when the room was told that it cannot be read


class TurnedAwayRow(Base):
    """How much of a kind was turned away on a day: forged buttons, edits, strangers' invitations. Nothing tells whose."""

    __tablename__ = "turned_away"

    kind: Mapped[str] = mapped_column(primary_key=True)
    turned_on: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger)


class DeadLetterRow(Base):
    """An event that could not be read or handled, as it came."""

    __tablename__ = "dead_letters"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    platform: Mapped[str]
    event_id: Mapped[str]
    raw: Mapped[str]
    fault: Mapped[str]  # the name of the exception's class, nothing of its text
    died_at: Mapped[datetime]
