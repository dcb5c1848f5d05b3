"""Mandates: one member in one seat of a role, from a day to a day."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.member import MemberRow
from models.role import RoleRow


class MandateRow(Base):
    """It ends by itself at `ends_at`. Afterwards it stays as it was: who served when is part of the record."""

    __tablename__ = "mandates"
    __table_args__ = (
        Index(None, "state", "ends_at"),
        Index(None, "state", "remind_at"),
        Index(None, "group_id", "state"),
        Index(None, "vacancy", "ended_at"),
        Index(None, "role_id", "member_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    role_id: Mapped[int] = mapped_column(BigId, ForeignKey("roles.id"))
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), index=True)
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))  # where it was given
    draw_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("draws.id"))  # whose reserves follow if it ends early
    follows_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("mandates.id"))  # the term before it, if in a row
    way: Mapped[str]  # draw | reserve | consent | election | renewal | handover | council
    term_count: Mapped[int] = mapped_column(default=1)  # which of the holder's terms in a row this is
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    extended: Mapped[bool] = mapped_column(default=False)  # only once in a row
    suspended_at: Mapped[datetime | None]  # while a recall runs, if the group wants it so
    remind_at: Mapped[datetime | None]  # when holder and group are reminded of its end; None: done
    reminded_at: Mapped[datetime | None]  # when they were, the last time
    outlook: Mapped[str] = mapped_column(default="open", server_default="open")  # open | asked: the group is | renewed | let end
    asked_number: Mapped[int | None]  # D-number of the question about it that is open
    asked_until: Mapped[datetime | None]  # of an extension that is asked for: until when
    state: Mapped[str] = mapped_column(default="running")  # running | ended
    ended_at: Mapped[datetime | None]  # when it truly ended: `ends_at` if it expired, however late that was noticed
    ended_why: Mapped[str] = mapped_column(default="")  # one of commons.mandates.End
    vacancy: Mapped[str] = mapped_column(default="")  # "" | open: the next reserve is to be asked for the rest | settled
    member: Mapped[MemberRow] = relationship()
    role: Mapped[RoleRow] = relationship()
