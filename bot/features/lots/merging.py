"""Two members turn out to be one person: of two tickets in a draw one counts, and the published pool stays as it is."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.features.lots import store
from bot.features.lots.offers import offering
from bot.routing.house import OnePerson
from models import DrawRow, MemberRow, TicketRow

WORTH = {"accepted": 2, "offered": 1}  # what of two tickets the person keeps; then the kept one's own


def merge(db: Session, found: OnePerson) -> Sequence[int]:
    """A single ticket becomes `kept`'s, under its old label. Of two, the other is passed over: its owner is off the roll."""
    db.execute(update(DrawRow).filter_by(called_by=found.gone.id, state="open").values(called_by=found.kept.id))
    for ticket in store.live_tickets(db, found.gone):
        draw = store.locked(db, ticket.draw_id)
        own = store.ticket_of(db, draw, found.kept)
        if own is None:
            ticket.member = found.kept
            db.flush()
        else:
            choose(db, draw, own, ticket, found)
        touch(db, ticket, found)
    return ()


def choose(db: Session, draw: DrawRow, own: TicketRow, other: TicketRow, found: OnePerson) -> None:
    """The better of the two is `kept`'s; a seat that was offered to the other passes on."""
    if WORTH.get(other.answer, 0) > WORTH.get(own.answer, 0):
        other = swap(db, own, other, found.kept, found.gone)
    if other.answer == "offered":
        offering.answer(db, draw, other, "left", found.now, found.house)


def swap(db: Session, own: TicketRow, other: TicketRow, kept: MemberRow, gone: MemberRow) -> TicketRow:
    """Each has the other's ticket, without ever having both; gives the one that is now `gone`'s."""
    columns = [column.key for column in TicketRow.__table__.columns if column.key != "member_id"]
    facts = {name: getattr(own, name) for name in columns}
    db.delete(own)
    db.flush()
    other.member = kept
    db.flush()
    again = TicketRow(**facts, member=gone)
    db.add(again)
    db.flush()
    return again


def touch(db: Session, ticket: TicketRow, found: OnePerson) -> None:
    boards.touch(db, "draw", ticket.draw_id, found.now)
    boards.touch(db, "result", ticket.draw_id, found.now)
    boards.touch(db, "offer", ticket.id, found.now)
