"""What a draw's pool document says of its balance, and whom that gives a seat."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from bot.commons import lots
from bot.features.lots import chances
from bot.features.lots.balances import strata
from models import DrawRow, TicketRow


def parts_chosen(db: Session, draw: DrawRow) -> list[str]:
    """The part of each whom the quotas choose, in drawn order; none, if it is not balanced."""
    found = strata.read(draw.pool_document)
    return [found.part_of(label) for label in chosen(db, draw)] if found else []


def chosen(db: Session, draw: DrawRow) -> list[str]:
    """The labels of those whom the quotas choose."""
    found = strata.read(draw.pool_document)
    if found is None:
        return []
    chance = chances.chance_of(db, draw)
    order = lots.order(draw.pool_document, chance)
    return strata.chosen(found, draw.seats, order, lots.key(draw.pool_document, chance))


def place_of_another(draw: DrawRow, tickets: Sequence[TicketRow], holding: Collection[int], fit: Collection[int]) -> int | None:
    """Where in the order stands who gets a seat of a part in which nobody is left; nobody, if the draw is not balanced.

    `holding`: the ids of those who serve in the role now.
    """
    found = strata.read(draw.pool_document)
    if found is None:
        return None
    serving = [t.label for t in tickets if t.answer == "offered" or (t.answer == "accepted" and t.member_id in holding)]
    waiting = [ticket.label for ticket in tickets if ticket.answer == "reserve" and ticket.member_id in fit]
    label = strata.another(found, draw.seats, serving, waiting)
    return next((place for place, ticket in enumerate(tickets) if ticket.label == label), None)
