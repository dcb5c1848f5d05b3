"""A proposal: its versions, the rounds in which stances are asked, and the objections with their lives."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId, looked_up_by
from models.electorate import ElectorateRow
from models.member import MemberRow


class ProposalRow(Base):
    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("group_id", "number"), Index(None, "state", "review_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))  # where it was put
    number: Mapped[int]  # D-number in the group
    proposer_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    state: Mapped[str] = mapped_column(default="open")  # open | adopted | blocked | no quorum | withdrawn
    depth: Mapped[str] = mapped_column(default="quick")  # quick | full
    version: Mapped[int] = mapped_column(default=1)
    among: Mapped[str] = mapped_column(default="")  # only the holders of this role may take part; "": the whole roll
    quorum: Mapped[str]  # as it was said, "5" or "40%": worked out anew for each electorate
    review: Mapped[str] = mapped_column(default="")  # how long after adoption it is looked at again: "6 months"
    review_at: Mapped[datetime | None]
    review_state: Mapped[str | None]  # None | asked | kept | changed | ended | stayed | lapsed
    ends_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("proposals.id"))  # the decision that this one would end
    purpose: Mapped[str] = mapped_column(default="")  # which feature acts on the outcome, and how; "": nobody but the group
    subject_id: Mapped[int | None] = mapped_column(BigId)  # what the purpose is about
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    proposer: Mapped[MemberRow] = relationship()


class VersionRow(Base):
    """The text as it was put to the group; never changed, only followed by another."""

    __tablename__ = "versions"

    proposal_id: Mapped[int] = mapped_column(BigId, ForeignKey("proposals.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    text: Mapped[str]
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"))
    written_at: Mapped[datetime]


class RoundRow(Base):
    """One asking for stances: on a version of the proposal, or on setting an objection aside."""

    __tablename__ = "rounds"
    __table_args__ = (Index(None, "outcome", "wakes_at"), Index(None, "proposal_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    proposal_id: Mapped[int] = mapped_column(BigId, ForeignKey("proposals.id"))
    version: Mapped[int]
    objection_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("objections.id"))
    electorate_id: Mapped[int] = mapped_column(BigId, ForeignKey("electorates.id"))
    phase: Mapped[str] = mapped_column(default="stances")  # questions | reactions | stances
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    wakes_at: Mapped[datetime]  # when something is to be done: the phase ends, the nudge is due, or the round closes
    nudge_at: Mapped[datetime | None]  # None: done, or not to be done
    quorum: Mapped[int]  # least number of stances for the result to count
    extensions: Mapped[int] = mapped_column(default=0)
    received: Mapped[int] = mapped_column(default=0)
    replaced: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str] = mapped_column(default="open")  # open | adopted | blocked | no quorum | withdrawn | amended
    closed_at: Mapped[datetime | None]
    electorate: Mapped[ElectorateRow] = relationship()
    proposal: Mapped[ProposalRow] = relationship()


class StanceRow(Base):
    """One member's stance in one round, as it is now."""

    __tablename__ = "stances"

    round_id: Mapped[int] = mapped_column(BigId, ForeignKey("rounds.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), primary_key=True, index=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    stance: Mapped[str]  # consent | aside | object
    concern: Mapped[str] = mapped_column(default="")
    event_id: Mapped[str | None]  # by which it was said; None or "": it cannot be taken back with that
    taken_at: Mapped[datetime]
    member: Mapped[MemberRow] = relationship()
    __mapper_args__ = looked_up_by(round_id, member_id, group_id)


class StanceChangeRow(Base):
    """The log: each stance that was taken, in order."""

    __tablename__ = "stance_changes"
    __table_args__ = (Index(None, "round_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    round_id: Mapped[int] = mapped_column(BigId, ForeignKey("rounds.id"))
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), index=True)
    stance: Mapped[str]
    taken_at: Mapped[datetime]


class ObjectionRow(Base):
    """An objection to a proposal; it blocks while it is open."""

    __tablename__ = "objections"
    __table_args__ = (Index(None, "proposal_id", "state"), Index(None, "remind_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    proposal_id: Mapped[int] = mapped_column(BigId, ForeignKey("proposals.id"))
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), index=True)
    version: Mapped[int]  # to which it was raised
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="open")  # open | integrated | withdrawn | set aside
    settled_version: Mapped[int | None]  # in which it was integrated
    settled_why: Mapped[str] = mapped_column(default="")
    raised_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]  # when its owner is asked for the reason once more; None: done
    member: Mapped[MemberRow] = relationship()
    proposal: Mapped[ProposalRow] = relationship()


class RemarkRow(Base):
    """A question, an answer or a reaction, given in a phase of the full process."""

    __tablename__ = "remarks"
    __table_args__ = (Index(None, "round_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    round_id: Mapped[int] = mapped_column(BigId, ForeignKey("rounds.id"))
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), index=True)
    phase: Mapped[str]
    text: Mapped[str]
    said_at: Mapped[datetime]
    member: Mapped[MemberRow] = relationship()
