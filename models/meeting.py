"""A meeting while it lasts: its agenda, who is there, who would like to speak, and what was noted down.

When it ends its minutes enter the register, and all of this but the meeting itself is forgotten.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.member import MemberRow


class MeetingRow(Base):
    __tablename__ = "meetings"
    __table_args__ = (UniqueConstraint("group_id", "number"), Index(None, "state", "started_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))
    thread: Mapped[str | None]
    number: Mapped[int]  # D-number in the group
    opener_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    state: Mapped[str] = mapped_column(default="open")  # open | ended
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    after_entry: Mapped[int]  # the register's last entry when it began: what comes later was done inside
    item: Mapped[int] = mapped_column(default=0)  # the place on the agenda that is spoken about; 0: the agenda is empty
    item_since: Mapped[datetime]
    speaker_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("members.id"))
    secret: Mapped[bytes] = mapped_column(LargeBinary)  # sealed at the beginning, revealed if lots are drawn
    pool_document: Mapped[str] = mapped_column(default="")  # of that draw; "": none yet
    facilitator_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("members.id"))
    notes_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("members.id"))  # who takes notes
    opener: Mapped[MemberRow] = relationship(foreign_keys=[opener_id])
    speaker: Mapped[MemberRow | None] = relationship(foreign_keys=[speaker_id])
    facilitator: Mapped[MemberRow | None] = relationship(foreign_keys=[facilitator_id])
    note_taker: Mapped[MemberRow | None] = relationship(foreign_keys=[notes_id])


class AgendaRow(Base):
    """One item, and how long it was spoken about so far."""

    __tablename__ = "agenda_items"

    meeting_id: Mapped[int] = mapped_column(BigId, ForeignKey("meetings.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    text: Mapped[str]
    spent: Mapped[int] = mapped_column(default=0)  # seconds


class AttendeeRow(Base):
    """Somebody who is there; how often they spoke counts in this meeting alone."""

    __tablename__ = "attendees"

    meeting_id: Mapped[int] = mapped_column(BigId, ForeignKey("meetings.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), primary_key=True, index=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    raised_at: Mapped[datetime | None]  # since when their hand is up; None: it is not
    spoken: Mapped[int] = mapped_column(default=0)
    member: Mapped[MemberRow] = relationship()


class MeetingNoteRow(Base):
    """What somebody noted, in reply to the agenda."""

    __tablename__ = "meeting_notes"
    __table_args__ = (Index(None, "meeting_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(BigId, ForeignKey("meetings.id"))
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), index=True)
    place: Mapped[int]  # of the item that was spoken about; 0: of none
    text: Mapped[str]
    member: Mapped[MemberRow] = relationship()
