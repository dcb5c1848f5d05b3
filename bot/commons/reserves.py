"""Reserves: who follows in the order of a draw, and who is asked to serve just now."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models import DrawRow, GroupRow, MemberRow, TicketRow


def of_draws(db: Session, draw_ids: Collection[int]) -> dict[int, list[MemberRow]]:
    """Of each of these draws those who may still be asked, in its order."""
    found: dict[int, list[MemberRow]] = {draw_id: [] for draw_id in draw_ids}
    query = select(TicketRow).join(MemberRow, TicketRow.member_id == MemberRow.id).where(MemberRow.left_at.is_(None))
    query = query.where(TicketRow.draw_id.in_(draw_ids), TicketRow.answer == "reserve", TicketRow.place.is_not(None))
    query = query.options(joinedload(TicketRow.member).joinedload(MemberRow.account))
    for ticket in db.scalars(query.order_by(TicketRow.draw_id, TicketRow.place)):
        found[ticket.draw_id].append(ticket.member)
    return found


def asked(db: Session, group: GroupRow) -> list[tuple[DrawRow, TicketRow]]:
    """Those who have been asked and have not answered, in the order in which they were drawn."""
    query = select(DrawRow, TicketRow).join(TicketRow, TicketRow.draw_id == DrawRow.id)
    query = query.where(DrawRow.group_id == group.id, TicketRow.answer == "offered")
    query = query.options(joinedload(TicketRow.member).joinedload(MemberRow.account))
    return [(draw, ticket) for draw, ticket in db.execute(query.order_by(DrawRow.number, TicketRow.place))]


def under_way(db: Session, group: GroupRow) -> list[DrawRow]:
    """Draws of which nothing has come yet."""
    return list(db.scalars(select(DrawRow).filter_by(group_id=group.id, state="open").order_by(DrawRow.number)))
