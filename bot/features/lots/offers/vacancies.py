"""What comes due about seats: an offer that nobody answered, and a seat that its holder gave back or lost before its time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.features.lots import store
from bot.features.lots.offers import offering
from bot.features.lots.pools import seating
from bot.routing.feature import Due, Sweep
from bot.routing.house import House
from models import DrawRow, MandateRow, TicketRow


def unanswered() -> Select[TicketRow]:
    return select(TicketRow).where(TicketRow.answer == "offered", TicketRow.answer_by.is_not(None))


def offers_due(db: Session, now: datetime) -> Sequence[Due]:
    tickets = db.scalars(unanswered().where(TicketRow.answer_by <= now).order_by(TicketRow.answer_by, TicketRow.id))
    return [Due(ticket.id, ticket.answer_by, ticket.group_id) for ticket in tickets if ticket.answer_by]


def next_offer(db: Session) -> datetime | None:
    return db.scalar(unanswered().with_only_columns(func.min(TicketRow.answer_by)))


def expire(db: Session, ticket_id: int, now: datetime, house: House) -> None:
    """No answer came in time: the seat passes on."""
    ticket = db.get_one(TicketRow, ticket_id)
    draw = locked(db, ticket.draw_id)
    db.refresh(ticket)
    if ticket.answer == "offered" and ticket.answer_by is not None and ticket.answer_by <= now:
        offering.answer(db, draw, ticket, "silent", now, house)


def undated(db: Session, now: datetime) -> Sequence[Due]:
    """Offers of before there was a time to answer."""
    tickets = db.scalars(select(TicketRow).where(TicketRow.answer == "offered", TicketRow.answer_by.is_(None)))
    return [Due(ticket.id, now, ticket.group_id) for ticket in tickets]


def give_time(db: Session, ticket_id: int, now: datetime, house: House) -> None:
    """From now on, as much as anybody has who is asked today."""
    ticket = db.get_one(TicketRow, ticket_id)
    draw = locked(db, ticket.draw_id)
    db.refresh(ticket)
    if ticket.answer == "offered" and ticket.answer_by is None:
        offering.give_time(db, draw, ticket, now)


def none_ahead(db: Session) -> None:
    """There are none but those that an older version left."""


def locked(db: Session, draw_id: int) -> DrawRow:
    """The draw, after its group."""
    draw = db.get_one(DrawRow, draw_id)
    store.group_of(db, draw)
    db.refresh(draw, with_for_update=True)
    return draw


def open_ones() -> Select[MandateRow]:
    return select(MandateRow).where(MandateRow.vacancy == "open")


def vacancies_due(db: Session, now: datetime) -> Sequence[Due]:
    found = db.scalars(open_ones().where(MandateRow.ended_at <= now).order_by(MandateRow.ended_at, MandateRow.id))
    return [Due(mandate.id, mandate.ended_at, mandate.group_id) for mandate in found if mandate.ended_at]


def next_vacancy(db: Session) -> datetime | None:
    return db.scalar(open_ones().with_only_columns(func.min(MandateRow.ended_at)))


def fill(db: Session, mandate_id: int, now: datetime, house: House) -> None:
    """The next reserve is asked for the rest of the term; nobody, once that is over or the seat is taken."""
    mandate = db.get_one(MandateRow, mandate_id)
    draw = locked(db, mandate.draw_id or 0)
    db.refresh(mandate)
    if mandate.vacancy != "open":
        return
    mandate.vacancy = "settled"
    if mandate.ends_at > now and seating.is_wanted(db, draw, now):
        last = store.ticket_of(db, draw, mandate.member) or store.tickets(db, draw)[0]
        offering.offer_or_tell(db, draw, last, None, mandate.ends_at, now, house)


OFFERS = Sweep("offers", offers_due, next_offer, expire)
UNDATED = Sweep("offers without a time", undated, none_ahead, give_time, after_intake=False)
VACANCIES = Sweep("vacancies", vacancies_due, next_vacancy, fill, after_intake=False)
