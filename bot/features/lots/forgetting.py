"""Somebody who is forgotten is nobody in every pool that they were in, and a seat that was offered to them passes on.

The SHA-256 of a pool document was posted when it was frozen. Once a label is gone from it nobody can work it out anew here,
so `/verify` says that and gives the hash; whoever kept the receipt can check the draw as before.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.features.lots import rules, store
from bot.features.lots.offers import offering
from bot.routing.forgetting import Forget, Forgotten, NotYet
from models import DrawRow, ShakeRow, TicketRow


def forget(db: Session, found: Forgotten) -> None:
    """NotYet: they are in a hat that goes round, or waits for the beacon; the order could not be checked."""
    tickets = list(db.scalars(select(TicketRow).where(TicketRow.member_id.in_(found.ids)).order_by(TicketRow.id)))
    draws = {ticket.draw_id: store.locked(db, ticket.draw_id) for ticket in tickets}
    if waiting := [draw.number for draw in draws.values() if draw.state == "open"]:
        raise NotYet(waiting[0])
    for ticket in tickets:
        rename(db, draws[ticket.draw_id], ticket, found)
    for ticket in tickets:
        if ticket.answer == "offered":
            offering.answer(db, draws[ticket.draw_id], ticket, "left", found.now, found.house)


def rename(db: Session, draw: DrawRow, ticket: TicketRow, found: Forgotten) -> None:
    old, new = ticket.label, found.renamed(ticket.group_id, ticket.label)
    draw.pool_document = rules.without(draw.pool_document, old, new)
    if (shake := db.get(ShakeRow, (draw.id, old))) is not None:
        shake.label = new
    ticket.label = new
    db.flush()
    for kind, subject in (("draw", draw.id), ("result", draw.id), ("offer", ticket.id), ("vacancy", ticket.id)):
        boards.touch(db, kind, subject, found.now)


FORGET = Forget(
    empty={DrawRow.reason: DrawRow.called_by},
    by_hand=(DrawRow.pool_document, TicketRow.label, ShakeRow.label),
    stay=(TicketRow.member_id, TicketRow.part, DrawRow.role, DrawRow.role_key, DrawRow.left_out, DrawRow.circle),
    then=forget,
)
