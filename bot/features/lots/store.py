"""Draws, tickets and shakes: rows in and out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.routing.feature import Due
from bot.routing.rooms import lock_group
from models import BoardRow, ChatRow, DrawRow, GroupRow, MemberRow, ShakeRow, TicketRow

GIVE_UP = timedelta(minutes=10)  # after the window, for a draw whose announcement never stood


def by_number(db: Session, group: GroupRow, number: int | None) -> DrawRow | None:
    """The group's draw with this D-number; its newest for None."""
    query = select(DrawRow).filter_by(group_id=group.id).order_by(DrawRow.number.desc()).limit(1)
    return db.scalar(query if number is None else query.filter_by(number=number))


def locked(db: Session, draw_id: int) -> DrawRow:
    return db.scalars(select(DrawRow).filter_by(id=draw_id).with_for_update()).one()


def in_chat(db: Session, chat: ChatRow, draw_id: str) -> DrawRow | None:
    """The draw that a button speaks of, if it is this group's: anyone can forge a button."""
    if not draw_id.isdecimal() or len(draw_id) > 15:
        return None
    return db.scalar(select(DrawRow).filter_by(id=int(draw_id), group_id=chat.group_id).with_for_update())


def open_for(db: Session, group: GroupRow, role_key: str) -> DrawRow | None:
    return db.scalar(select(DrawRow).filter_by(group_id=group.id, role_key=role_key, state="open"))


def last_for(db: Session, group: GroupRow, role_key: str) -> DrawRow | None:
    """The newest finished draw for the same role."""
    query = select(DrawRow).filter_by(group_id=group.id, role_key=role_key, state="drawn")
    return db.scalar(query.order_by(DrawRow.number.desc()).limit(1))


def offered_for(db: Session, group: GroupRow, role_key: str) -> list[TicketRow]:
    """Those who are asked for a seat of the role now, by any draw: the earliest draw's first in order come first."""
    query = select(TicketRow).join(DrawRow, TicketRow.draw_id == DrawRow.id)
    query = query.where(DrawRow.group_id == group.id, DrawRow.role_key == role_key, TicketRow.answer == "offered")
    return list(db.scalars(query.order_by(DrawRow.number, TicketRow.place)))


def ticket_of(db: Session, draw: DrawRow, member: MemberRow) -> TicketRow | None:
    return db.scalar(select(TicketRow).filter_by(draw_id=draw.id, member_id=member.id))


def tickets(db: Session, draw: DrawRow) -> list[TicketRow]:
    """In drawn order once it is drawn; by label before."""
    query = select(TicketRow).filter_by(draw_id=draw.id).options(joinedload(TicketRow.member).joinedload(MemberRow.account))
    return list(db.scalars(query.order_by(TicketRow.place, TicketRow.label)))


def shakes(db: Session, draw: DrawRow) -> list[str]:
    """The labels of those who shook, in order."""
    return list(db.scalars(select(ShakeRow.label).filter_by(draw_id=draw.id).order_by(ShakeRow.place)))


def shakers(db: Session, draw: DrawRow) -> list[MemberRow]:
    query = (
        select(MemberRow)
        .join(TicketRow, TicketRow.member_id == MemberRow.id)
        .join(ShakeRow, (ShakeRow.draw_id == TicketRow.draw_id) & (ShakeRow.label == TicketRow.label))
    )
    query = query.where(TicketRow.draw_id == draw.id).options(joinedload(MemberRow.account))
    return list(db.scalars(query.order_by(ShakeRow.place)))


def live_tickets(db: Session, member: MemberRow) -> list[TicketRow]:
    """The member's tickets of which something may still become, or has."""
    query = select(TicketRow).where(TicketRow.member_id == member.id, TicketRow.answer.in_(["reserve", "offered", "accepted"]))
    return list(db.scalars(query.order_by(TicketRow.id)))


def pool_size(db: Session, draw: DrawRow) -> int:
    return db.scalar(select(func.count()).where(TicketRow.draw_id == draw.id)) or 0


def due(db: Session, now: datetime) -> Sequence[Due]:
    """Open draws whose window has passed, once their announcement stands in a room."""
    announced = exists().where(BoardRow.kind == "draw", BoardRow.subject_id == DrawRow.id, BoardRow.message_id.is_not(None))
    ripe = or_(announced, DrawRow.closes_at <= now - GIVE_UP)
    query = select(DrawRow).where(DrawRow.state == "open", DrawRow.beacon_round.is_(None), DrawRow.closes_at <= now, ripe)
    return [Due(draw.id, draw.closes_at, draw.group_id) for draw in db.scalars(query.order_by(DrawRow.closes_at, DrawRow.id))]


def upcoming(db: Session) -> datetime | None:
    return db.scalar(select(func.min(DrawRow.closes_at)).where(DrawRow.state == "open", DrawRow.beacon_round.is_(None)))


def group_of(db: Session, draw: DrawRow) -> GroupRow:
    """The draw's group, locked: numbers and register entries are given out one at a time."""
    return lock_group(db, draw.group_id)


def is_announced(db: Session, draw: DrawRow) -> bool:
    query = select(BoardRow.id).where(BoardRow.kind == "draw", BoardRow.subject_id == draw.id, BoardRow.message_id.is_not(None))
    return db.scalar(query.limit(1)) is not None


def open_draws(db: Session, group_id: int) -> list[DrawRow]:
    return list(db.scalars(select(DrawRow).filter_by(group_id=group_id, state="open").order_by(DrawRow.number)))


def find(db: Session, group: GroupRow, number: int) -> int | None:
    return db.scalar(select(DrawRow.id).filter_by(group_id=group.id, number=number))


def open_numbers(db: Session, group: GroupRow) -> list[int]:
    return [draw.number for draw in open_draws(db, group.id)]


def offered(db: Session, group_id: int, member_id: int | None = None, since: datetime | None = None) -> list[TicketRow]:
    """Tickets whose owners have been asked and have not answered."""
    query = select(TicketRow).join(DrawRow, TicketRow.draw_id == DrawRow.id)
    query = query.where(TicketRow.group_id == group_id, TicketRow.answer == "offered")
    if member_id is not None:
        query = query.where(TicketRow.member_id == member_id)
    if since is not None:
        query = query.where(DrawRow.drawn_at >= since)
    return list(db.scalars(query.order_by(TicketRow.id)))
