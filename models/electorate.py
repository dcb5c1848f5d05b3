"""An electorate: who may take part in a round or a poll, frozen when it is opened."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId, looked_up_by


class ElectorateRow(Base):
    __tablename__ = "electorates"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"), index=True)
    document: Mapped[str]  # ASCII, one label a line, sorted; its SHA-256 is `fingerprint`
    fingerprint: Mapped[str]
    size: Mapped[int]
    newcomers: Mapped[int]  # of those, how many have come onto the roll lately
    resting: Mapped[int] = mapped_column(default=0, server_default="0")  # of those, how many were resting then
    wave: Mapped[int] = mapped_column(default=0, server_default="0")  # how many of those on the roll had come within a day, if many
    too_new: Mapped[int] = mapped_column(default=0, server_default="0")  # how many on the roll had no say in it for being new
    without: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))  # members whom it is about: they have no say
    created_at: Mapped[datetime]

    @property
    def awake(self) -> int:
        """Of how many a quorum or a share is worked out: all may take part, and nobody waits for who is resting."""
        return self.size - self.resting


class ElectorRow(Base):
    """One member who may take part."""

    __tablename__ = "electors"

    electorate_id: Mapped[int] = mapped_column(BigId, ForeignKey("electorates.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id"), primary_key=True, index=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    newcomer: Mapped[bool]
    __mapper_args__ = looked_up_by(electorate_id, member_id, group_id)
