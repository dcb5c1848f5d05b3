"""A draw: its pool document, its commitment, its shakes, and the place of each ticket."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.member import MemberRow


class DrawRow(Base):
    __tablename__ = "draws"
    __table_args__ = (
        UniqueConstraint("group_id", "number"),
        Index(None, "group_id", "role_key"),
        Index(None, "state", "closes_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))
    number: Mapped[int]  # D-number in the group
    role: Mapped[str]  # as it was typed
    role_key: Mapped[str]  # folded, to find earlier draws for the same role
    seats: Mapped[int]
    called_by: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    follows_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("draws.id"))  # an earlier draw for the same role
    reason: Mapped[str] = mapped_column(default="")
    pool_document: Mapped[str]
    secret: Mapped[bytes] = mapped_column(LargeBinary)  # of the hat: revealed with the result; empty with the beacon
    beacon_round: Mapped[int | None]  # whose signature is the chance; None: the hat
    waits_since: Mapped[datetime | None]  # the round's time has come, and it is sought since then
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)  # the round's, once it is known
    state: Mapped[str] = mapped_column(default="open")  # open | drawn | cancelled
    frozen_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    drawn_at: Mapped[datetime | None]
    shake_count: Mapped[int] = mapped_column(default=0)
    resting: Mapped[int] = mapped_column(default=0, server_default="0")  # on the roll, but not in the pool because of a rest
    left_out: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # by rule: reason -> how many, and the first
    circle: Mapped[str] = mapped_column(default="")  # the role among whose holders they were; "": the whole hat
    tickets: Mapped[list["TicketRow"]] = relationship(order_by="TicketRow.label")
    caller: Mapped[MemberRow] = relationship()


class TicketRow(Base):
    """A label in the pool; after the draw, its place in the order."""

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("draw_id", "label"),
        UniqueConstraint("draw_id", "member_id"),
        Index(None, "answer", "answer_by"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    draw_id: Mapped[int] = mapped_column(BigId, ForeignKey("draws.id"))
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    label: Mapped[str]
    place: Mapped[int | None]  # 1 is first
    part: Mapped[str] = mapped_column(default="")  # of a pair: veteran | novice; each seat is for the first of its part
    # reserve | offered | accepted | declined | passed | silent | left | replaced (by a later draw)
    answer: Mapped[str] = mapped_column(default="reserve")
    answered_at: Mapped[datetime | None]
    answer_by: Mapped[datetime | None]  # of an offer: then it passes to the next reserve
    instead_of: Mapped[int | None] = mapped_column(BigId)  # of an offer: the ticket of whoever was asked for this seat before
    serves_until: Mapped[datetime | None]  # of an offer: the end of the term whose rest it is; None: a whole term
    member: Mapped[MemberRow] = relationship()


class ShakeRow(Base):
    """One shake of the hat, in the order in which they came."""

    __tablename__ = "shakes"
    __table_args__ = (UniqueConstraint("draw_id", "place"),)

    draw_id: Mapped[int] = mapped_column(BigId, ForeignKey("draws.id"), primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    place: Mapped[int]
