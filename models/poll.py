"""A poll: its options, who has answered, and what they marked; secret answers in tables that nothing links."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, looked_up_by
from models.member import MemberRow


class PollRow(Base):
    """The head: what is asked and how. A tap reads and writes this and the voter's own rows, nothing else."""

    __tablename__ = "polls"
    __table_args__ = (UniqueConstraint("group_id", "number"), Index(None, "state", "closes_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))
    number: Mapped[int]  # D-number in the group
    question: Mapped[str]
    method: Mapped[str]
    visibility: Mapped[str]  # named | roll | secret
    hidden: Mapped[bool]  # no tally before the close
    additions: Mapped[bool]  # electors may add options
    limit: Mapped[int | None]  # most marks, or points to spread
    quorum: Mapped[int]  # least number of ballots for a result; 0: any
    electorate_id: Mapped[int] = mapped_column(BigId, ForeignKey("electorates.id"))
    opened_by: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    again_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("polls.id"))  # the poll that this one asks again
    series_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("poll_series.id"))
    purpose: Mapped[str | None]  # which feature acts on the outcome; None: nobody but the group
    subject_id: Mapped[int | None] = mapped_column(BigId)  # what the purpose is about
    secret: Mapped[bytes] = mapped_column(LargeBinary)  # sealed at the opening, revealed if a tie is drawn
    state: Mapped[str] = mapped_column(default="open")  # open | closed | withdrawn
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    extended: Mapped[int] = mapped_column(default=0)
    voted: Mapped[int] = mapped_column(default=0)  # ballots that stand
    received: Mapped[int] = mapped_column(default=0)  # answers given, counted, replaced and refused
    replaced: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    to_wipe: Mapped[bool] = mapped_column(default=False, server_default=false())  # what is left of its secret box, aside
    opener: Mapped[MemberRow] = relationship()
    options: Mapped[list["OptionRow"]] = relationship(order_by="OptionRow.place")


class OptionRow(Base):
    """One of a poll's options; its place never changes."""

    __tablename__ = "poll_options"
    __table_args__ = (UniqueConstraint("poll_id", "key"),)

    poll_id: Mapped[int] = mapped_column(BigId, ForeignKey("polls.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    text: Mapped[str]  # as it was typed
    key: Mapped[str]  # folded, so that none is there twice
    added_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("members.id"))


class BallotRow(Base):
    """That a member has answered; in a secret poll, all that is known of them."""

    __tablename__ = "ballots"
    __table_args__ = (Index(None, "member_id"), {"sqlite_with_rowid": False})

    poll_id: Mapped[int] = mapped_column(BigId, ForeignKey("polls.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    last: Mapped[int | None]  # the option pressed last, for an undo; never in a secret poll
    event_id: Mapped[str | None]  # by which it was said; never in a secret poll
    __mapper_args__ = looked_up_by(poll_id, member_id, group_id)


class MarkRow(Base):
    """One mark on a named or roll-only ballot: a rank, a score, points, or simply 1."""

    __tablename__ = "ballot_marks"
    __table_args__ = (Index(None, "poll_id", "place", "value"),)

    poll_id: Mapped[int] = mapped_column(BigId, ForeignKey("polls.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)  # of the option
    value: Mapped[int]
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))


class SecretBallotRow(Base):
    """What somebody voted in a secret poll: no member, no time, no order. SQLite keeps no row number beside it."""

    __tablename__ = "secret_ballots"
    __table_args__ = ({"sqlite_with_rowid": False},)

    poll_id: Mapped[int] = mapped_column(BigId, ForeignKey("polls.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)  # random
    marks: Mapped[str]  # canonical JSON
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))  # the poll's


class SecretDraftRow(Base):
    """A secret ballot that is being filled in; gone as soon as it is cast, or the poll closes."""

    __tablename__ = "secret_drafts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    poll_id: Mapped[int] = mapped_column(BigId, ForeignKey("polls.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), primary_key=True)
    marks: Mapped[str]
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))


class PollSeriesRow(Base):
    """A poll that is asked again and again."""

    __tablename__ = "poll_series"
    __table_args__ = (UniqueConstraint("group_id", "number"), Index(None, "state", "next_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))
    number: Mapped[int]  # a D-number, to stop it by
    thread: Mapped[str | None]
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)  # question, options and how, as they were typed
    words: Mapped[str]  # how often, as it was typed after "every"
    schedule: Mapped[str]  # the same as JSON
    length: Mapped[int | None]  # seconds; None: until the next one
    opened_by: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    next_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="going")  # going | stopped
    opener: Mapped[MemberRow] = relationship()
