"""Publication: when all of a group's rooms were told of an entry. What is decided is to be published within 24 hours.

The messages that tell of an entry are noted when they are promised; the outbox writes down when each was delivered
(`bot.delivery.lane.published`). What may not have arrived is told again by the next digest.
A room in which the bot may not write does not count, unless it was told all the same.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select, update
from sqlalchemy.orm import Session

from models import ChatRow, EntryRow, PromiseRow, PublicationRow
from models.database import add_if_new

WITHIN = timedelta(hours=24)
LOOKED_AT = timedelta(days=90)  # how far back the share on time goes


@dataclass(frozen=True, slots=True)
class Published:
    """An entry that is to be published. `at`: when the last room was told; None: not all have been told, as far as is known.

    `unknown`: a room's platform has not said whether its message arrived, and nothing has told that room of it since.
    """

    place: int
    made_at: datetime
    at: datetime | None
    unknown: bool = False

    @property
    def in_time(self) -> bool:
        return self.at is not None and self.at <= self.made_at + WITHIN


@dataclass(frozen=True, slots=True)
class Share:
    """Of the entries whose 24 hours are over, or that are published: how many were in time."""

    in_time: int
    entries: int


@dataclass(frozen=True, slots=True)
class Copy:
    """A message that tells a room of an entry, where it stands now."""

    chat: ChatRow
    message_id: str
    thread: str | None


def note(db: Session, entry: EntryRow | None, chat: ChatRow, key: str) -> None:
    """The promise with this key tells the room of the entry. None: of none."""
    if entry is not None:
        about = {"group_id": entry.group_id, "place": entry.place, "made_at": entry.entered_at}
        add_if_new(db, PublicationRow, key=key, chat_id=chat.id, **about)


def note_again(db: Session, group_id: int, places: Collection[int], chat: ChatRow, key: str) -> None:
    """The promise with this key tells the room of these entries again: of those that it may not have heard of."""
    query = update(PublicationRow).where(PublicationRow.group_id == group_id, PublicationRow.chat_id == chat.id)
    db.execute(query.where(PublicationRow.place.in_(places), PublicationRow.delivered_at.is_(None)).values(again_key=key))


def between(db: Session, group_id: int, since: datetime, until: datetime) -> list[Published]:
    """The entries made after `since` and up to `until` that are to be published, in order."""
    query = published(group_id).where(PublicationRow.made_at > since, PublicationRow.made_at <= until)
    return [read(*row) for row in db.execute(query)]


def late(db: Session, group_id: int, since: datetime, until: datetime) -> list[Published]:
    """The entries whose 24 hours ended after `since` and up to `until`, without all rooms having been told by then.

    With one call's `until` as the next one's `since` each late entry comes exactly once.
    """
    return [each for each in between(db, group_id, since - WITHIN, until - WITHIN) if not each.in_time]


def share(db: Session, group_id: int, now: datetime) -> Share:
    """Over the last 90 days."""
    made = between(db, group_id, now - LOOKED_AT, now)
    judged = [each for each in made if each.at is not None or each.made_at + WITHIN <= now]
    return Share(sum(each.in_time for each in judged), len(judged))


def of(db: Session, group_id: int, place: int) -> Published | None:
    """None: it is not of a kind that is published."""
    found = db.execute(published(group_id).where(PublicationRow.place == place)).first()
    return read(*found) if found else None


def published(group_id: int) -> Select[int, datetime, datetime | None, Any, Any]:
    """Of each entry: its place, when it was made, when the last room was told, how many have still to be told, and of how many
    it is not known whether they were."""
    waits = and_(PublicationRow.delivered_at.is_(None), ChatRow.state == "open")
    query = select(
        PublicationRow.place,
        func.min(PublicationRow.made_at),
        func.max(PublicationRow.delivered_at),
        func.sum(case((waits, 1), else_=0)),
        func.sum(case((and_(waits, PromiseRow.state == "unknown"), 1), else_=0)),
    )
    query = query.join(ChatRow, ChatRow.id == PublicationRow.chat_id).where(PublicationRow.group_id == group_id)
    query = query.outerjoin(PromiseRow, PromiseRow.key == PublicationRow.key)
    counted = or_(PublicationRow.delivered_at.is_not(None), ChatRow.group_id == group_id)  # a room may have left since
    return query.where(counted).group_by(PublicationRow.place).order_by(PublicationRow.place)


def read(place: int, made_at: datetime, last: datetime | None, waiting: int, unknown: int) -> Published:
    return Published(place, made_at, None if waiting else last, 0 < waiting == unknown)


def copies(db: Session, group_id: int, place: int) -> Sequence[Copy]:
    """Where the entry was told and still stands."""
    query = select(ChatRow, PromiseRow.message_id, PromiseRow.thread).join(PublicationRow, PublicationRow.chat_id == ChatRow.id)
    told = or_(PromiseRow.key == PublicationRow.key, PromiseRow.key == PublicationRow.again_key)
    query = query.join(PromiseRow, told).where(PromiseRow.message_id.is_not(None))
    found = db.execute(query.where(PublicationRow.group_id == group_id, PublicationRow.place == place).order_by(ChatRow.id))
    return [Copy(chat, message_id or "", thread) for chat, message_id, thread in found]
