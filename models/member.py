"""People: a person, their accounts on the platforms, and their place on a group's roll."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId


class PersonRow(Base):
    __tablename__ = "people"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    created_at: Mapped[datetime]


class AccountRow(Base):
    """One account on one platform; several may belong to one person."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("platform", "ref"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    platform: Mapped[str]
    ref: Mapped[str]
    name: Mapped[str]
    handle: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    person: Mapped[PersonRow] = relationship()


class EarlierNameRow(Base):
    """A name or a handle that an account had before: it may stand in what people wrote then."""

    __tablename__ = "earlier_names"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    given_up_at: Mapped[datetime]


class MemberRow(Base):
    """A person in a group. On the roll while `left_at` is not set."""

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("group_id", "person_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))  # under which name the group knows them
    chat_id: Mapped[int | None] = mapped_column(BigId)  # the room in which they came onto the roll
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    resting_until: Mapped[datetime | None]  # resting while this lies ahead; nothing is done when it passes
    in_hat: Mapped[bool] = mapped_column(default=True)  # for every role, unless a HatRow says otherwise
    account: Mapped[AccountRow] = relationship()
