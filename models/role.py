"""Roles: what somebody serves as, for how long, and how that comes to an end."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.member import MemberRow


class RoleRow(Base):
    """A named function in a group. One that was only ever drawn for is there too, with everything at its default."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("group_id", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    name: Mapped[str]  # as it was typed
    key: Mapped[str]  # folded
    purpose: Mapped[str] = mapped_column(default="")
    term: Mapped[str] = mapped_column(default="")  # how long one serves, as it was said: "2 weeks"; "": the group's default
    seats: Mapped[int] = mapped_column(default=1)
    pool: Mapped[str] = mapped_column(default="")  # who may be drawn: a role's holders or a circle, by name; "": all in the hat
    cooling: Mapped[str] = mapped_column(default="")  # how long one does not serve afterwards: "1 month"; "": not at all
    most_terms: Mapped[int] = mapped_column(default=2)  # in a row; then at least as long without it as one term lasts
    notice: Mapped[list[int]] = mapped_column(JSON)  # days before the end on which the holder and the group are reminded
    answer_within: Mapped[str] = mapped_column(default="2 days")  # how long somebody drawn has to accept
    sunset: Mapped[str] = mapped_column(default="")  # how the role can be dismantled, reconfigured or passed on
    defined: Mapped[bool] = mapped_column(default=False)  # somebody has said what it is
    state: Mapped[str] = mapped_column(default="open")  # open | ended
    ends_at: Mapped[datetime | None]  # of a council's role: no mandate in it lasts longer
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class HatRow(Base):
    """That somebody is in the hat, or is not, for one role; whoever has no such row is in it for all or for none."""

    __tablename__ = "hats"

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), primary_key=True)
    role_key: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    willing: Mapped[bool]
    member: Mapped[MemberRow] = relationship()


class RoleChangeRow(Base):
    """That a role is made, changed or ended; but for what is new it holds only after a day, or by consent."""

    __tablename__ = "role_changes"
    __table_args__ = (UniqueConstraint("group_id", "number"), Index(None, "state", "holds_at"), Index(None, "group_id", "key"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    number: Mapped[int]  # D-number in the group
    name: Mapped[str]  # of the role, as it was typed; a new one has no row before this holds
    key: Mapped[str]  # folded
    kind: Mapped[str]  # new | change | end
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)  # a role's columns that change -> what they are to be
    before: Mapped[dict[str, Any]] = mapped_column(JSON)  # what they were when this was put
    by_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))  # where it was put
    thread: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="announced")  # announced | asked | held | dropped | withdrawn
    put_at: Mapped[datetime]
    holds_at: Mapped[datetime]  # unless somebody objects
    ended_at: Mapped[datetime | None]
    objector_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("members.id"))
    reason: Mapped[str] = mapped_column(default="")  # of the objection, if one was given
    decision: Mapped[int | None]  # D-number of the round that decides about it
    by: Mapped[MemberRow] = relationship(foreign_keys=[by_id])
    objector: Mapped[MemberRow | None] = relationship(foreign_keys=[objector_id])
