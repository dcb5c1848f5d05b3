"""Links: codes that join a room to a group or an account to a person, and what became of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, BigId
from models.chat import ChatRow
from models.member import AccountRow


class LinkCodeRow(Base):
    """A code that was given out; only its hash is kept. It is good for one use, for a short while."""

    __tablename__ = "link_codes"
    __table_args__ = (Index(None, "account_id", "made_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)  # hex SHA-256
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))  # where it was given out
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))  # to whom
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    chat: Mapped[ChatRow] = relationship()
    account: Mapped[AccountRow] = relationship()


class LinkTryRow(Base):
    """A wrong code that somebody tried."""

    __tablename__ = "link_tries"
    __table_args__ = (Index(None, "account_id", "tried_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    tried_at: Mapped[datetime]


class RoomLinkRow(Base):
    """A room that joins another group: announced, and in force once nobody has objected for a while."""

    __tablename__ = "room_links"
    __table_args__ = (Index(None, "state", "holds_at"), Index(None, "chat_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))  # the room that joins
    host_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"))  # the room that gave the code
    from_group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))  # its own group, to which it can return
    to_group_id: Mapped[int] = mapped_column(BigId, ForeignKey("groups.id"))
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))  # who brought the code
    state: Mapped[str] = mapped_column(default="announced")  # announced | held | stopped | lapsed | undone
    announced_at: Mapped[datetime]
    holds_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    objector_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    reason: Mapped[str] = mapped_column(default="")
    waits_for: Mapped[str] = mapped_column(default="")  # D-numbers that are open in the room that joins
    chat: Mapped[ChatRow] = relationship(foreign_keys=[chat_id])
    host: Mapped[ChatRow] = relationship(foreign_keys=[host_id])
    account: Mapped[AccountRow] = relationship(foreign_keys=[account_id])
    objector: Mapped[AccountRow | None] = relationship(foreign_keys=[objector_id])


class PersonLinkRow(Base):
    """An account that acts as the person of another one, and whose it was before."""

    __tablename__ = "person_links"
    __table_args__ = (Index(None, "account_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))  # whose it is now
    old_person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    linked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class UnheardRow(Base):
    """A room that could not be heard when something closed: its answers of that stretch are missing."""

    __tablename__ = "unheard"

    kind: Mapped[str] = mapped_column(primary_key=True)  # of the board that tells the result
    subject_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigId, ForeignKey("chats.id"), primary_key=True)
    since: Mapped[datetime | None]  # when its platform was last heard; None: never
