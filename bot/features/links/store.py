"""Codes, tries and links: rows in and out."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.routing.feature import Due
from bot.routing.rooms import lock_group
from models import AccountRow, ChatRow, GroupRow, LinkCodeRow, LinkTryRow, MemberRow, PersonLinkRow, RoomLinkRow


def code(db: Session, digest: str) -> LinkCodeRow | None:
    return db.scalar(select(LinkCodeRow).filter_by(digest=digest).with_for_update())


def wrong_tries(db: Session, account: AccountRow, since: datetime) -> int:
    query = select(func.count()).where(LinkTryRow.account_id == account.id, LinkTryRow.tried_at > since)
    return db.scalar(query) or 0


def lock_groups(db: Session, *group_ids: int) -> list[GroupRow]:
    """In one order whoever asks, so that no two wait for each other; given as they were asked for."""
    locked = {each: lock_group(db, each) for each in sorted(group_ids)}
    return [locked[each] for each in group_ids]


def pressed(db: Session, link_id: str) -> RoomLinkRow | None:
    """The link that a button speaks of: anyone can forge a button."""
    if not link_id.isdecimal() or len(link_id) > 15:
        return None
    return db.scalar(select(RoomLinkRow).filter_by(id=int(link_id)).with_for_update())


def held(db: Session, chat: ChatRow) -> RoomLinkRow | None:
    """The link by which this room has joined the group to which it belongs."""
    return db.scalar(select(RoomLinkRow).filter_by(chat_id=chat.id, state="held").with_for_update())


def announced(db: Session, *group_ids: int) -> list[RoomLinkRow]:
    """Links that are announced to any of these groups."""
    theirs = or_(RoomLinkRow.from_group_id.in_(group_ids), RoomLinkRow.to_group_id.in_(group_ids))
    return list(db.scalars(select(RoomLinkRow).where(RoomLinkRow.state == "announced", theirs).order_by(RoomLinkRow.id)))


def room_count(db: Session, group_id: int) -> int:
    """However many of them are open to the bot."""
    return db.scalar(select(func.count()).select_from(ChatRow).filter_by(group_id=group_id)) or 0


def due(db: Session, now: datetime) -> Sequence[Due]:
    query = select(RoomLinkRow).where(RoomLinkRow.state == "announced", RoomLinkRow.holds_at <= now).order_by(RoomLinkRow.id)
    return [Due(link.id, link.holds_at, link.to_group_id, link.from_group_id) for link in db.scalars(query)]


def upcoming(db: Session) -> datetime | None:
    """Those that wait for what is open are looked at in each regular round."""
    query = select(func.min(RoomLinkRow.holds_at)).where(RoomLinkRow.state == "announced", RoomLinkRow.waits_for == "")
    return db.scalar(query)


def member(db: Session, group_id: int, person_id: int) -> MemberRow | None:
    return db.scalar(select(MemberRow).filter_by(group_id=group_id, person_id=person_id))


def came_by(db: Session, group_id: int, chat: ChatRow) -> list[MemberRow]:
    """Those who came onto the group's roll in this room."""
    return list(db.scalars(select(MemberRow).filter_by(group_id=group_id, chat_id=chat.id).order_by(MemberRow.id)))


def memberships(db: Session, person_id: int) -> list[MemberRow]:
    return list(db.scalars(select(MemberRow).filter_by(person_id=person_id).order_by(MemberRow.group_id)))


def person_link(db: Session, account: AccountRow) -> PersonLinkRow | None:
    return db.scalar(select(PersonLinkRow).filter_by(account_id=account.id, ended_at=None).with_for_update())


def other_accounts(db: Session, account: AccountRow) -> list[AccountRow]:
    """Those of the same person."""
    query = select(AccountRow).where(AccountRow.person_id == account.person_id, AccountRow.id != account.id)
    return list(db.scalars(query.order_by(AccountRow.id)))
