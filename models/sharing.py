"""Several processes on one database: who is at work, who speaks to which chat, and what was heard and is still to be worked off."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId


class WorkerRow(Base):
    """A process at work. It lives as long as it holds the server's lock on its number."""

    __tablename__ = "workers"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str]  # "process 12 on a-machine"
    began_at: Mapped[datetime]


class ClaimRow(Base):
    """A chat to which one process alone speaks for now."""

    __tablename__ = "claims"

    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True)
    worker_id: Mapped[int] = mapped_column(BigId, ForeignKey("workers.id", ondelete="CASCADE"), index=True)


class LaneRow(Base):
    """What is heard in the chats of one lane is worked off in order: whoever has this row's lock does it."""

    __tablename__ = "lanes"
    __table_args__ = (UniqueConstraint("account", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account: Mapped[str]  # as in `intakes`
    number: Mapped[int]  # which chats it has can be worked out of their names, and not the reverse


class ArrivalRow(Base):
    """Something that a platform told, stored as it came; it goes in the transaction that works it off."""

    __tablename__ = "arrivals"
    __table_args__ = (Index(None, "lane_id", "id"), Index(None, "bars"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account: Mapped[str]
    lane_id: Mapped[int] = mapped_column(BigId, ForeignKey("lanes.id"))
    names: Mapped[list[Any]] = mapped_column(JSON)  # under which it may come again
    raw: Mapped[str]
    bars: Mapped[int | None] = mapped_column(BigId)  # the lane that must wait until this is worked off: a chat moves there
    arrived_at: Mapped[datetime]
