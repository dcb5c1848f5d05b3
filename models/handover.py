"""Handovers: what whoever held a mandate leaves for whoever follows."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.mandate import MandateRow


class HandoverRow(Base):
    """Private until there is a successor, and never in the register: emptying `things` forgets it."""

    __tablename__ = "handovers"
    __table_args__ = (UniqueConstraint("mandate_id"), Index(None, "state"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    mandate_id: Mapped[int] = mapped_column(BigId, ForeignKey("mandates.id"))
    receiver_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("mandates.id"), index=True)  # the mandate that follows
    things: Mapped[list[str]] = mapped_column(JSON)  # one a line, as they were written
    state: Mapped[str]  # noted | given | confirmed
    noted_at: Mapped[datetime]
    given_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    mandate: Mapped[MandateRow] = relationship(foreign_keys=[mandate_id])
    receiver: Mapped[MandateRow | None] = relationship(foreign_keys=[receiver_id])
