"""Elections without candidates: who was named for a role by whom and why, and how the group came to its choice."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.electorate import ElectorateRow
from models.member import MemberRow


class ElectionRow(Base):
    """First all name somebody in private, then names and reasons are shown and may change, then one is put to consent."""

    __tablename__ = "elections"
    __table_args__ = (UniqueConstraint("group_id", "number"), Index(None, "state", "wakes_at"), Index(None, "group_id", "role_key"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))  # where it was opened
    thread: Mapped[str | None]
    number: Mapped[int]  # D-number in the group
    role: Mapped[str]  # its name
    role_key: Mapped[str]  # folded
    term: Mapped[str] = mapped_column(default="")  # how long, as it was said; "": as the role has it
    until_at: Mapped[datetime | None]  # or a date
    opener_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    electorate_id: Mapped[int] = mapped_column(BigId, ForeignKey("electorates.id"))
    length: Mapped[int]  # seconds for naming in private, and as many for changes
    state: Mapped[str] = mapped_column(default="naming")
    # naming | changing | choosing | asked | offered, or over: filled | closed | withdrawn | lapsed | nobody | role ended
    opened_at: Mapped[datetime]
    ends_at: Mapped[datetime]  # of naming, then of changing
    wakes_at: Mapped[datetime | None]  # when it goes on by itself; None: it waits for the group's or somebody's answer, or is over
    shown_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    opener: Mapped[MemberRow] = relationship()
    electorate: Mapped[ElectorateRow] = relationship()


class NominationRow(Base):
    """Whom one member names, as it is now."""

    __tablename__ = "nominations"

    election_id: Mapped[int] = mapped_column(BigId, ForeignKey("elections.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), primary_key=True, index=True)  # who names
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    nominee_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    before_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("members.id"))  # whom they had named when all was shown
    reason: Mapped[str]
    named_at: Mapped[datetime]
    member: Mapped[MemberRow] = relationship(foreign_keys=[member_id])
    nominee: Mapped[MemberRow] = relationship(foreign_keys=[nominee_id])
    before: Mapped[MemberRow | None] = relationship(foreign_keys=[before_id])
