"""Seats that are offered in the published order: taken, or passed on to the next."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import eligibility, mandates, permissions, register, roles
from bot.commons.rooms import put_up_everywhere
from bot.delivery import boards
from bot.features.lots import rules, store
from bot.features.lots.balances import sealed
from bot.features.lots.pools import seating
from bot.refusal import Refused
from bot.routing.house import House
from bot.tidy import isolated
from models import DrawRow, EntryRow, MandateRow, TicketRow


def offer_next(
    db: Session,
    draw: DrawRow,
    now: datetime,
    house: House,
    *,
    after: TicketRow | None = None,
    serves_until: datetime | None = None,
    part: str = "",
    others: bool = False,
) -> TicketRow | None:
    """Ask the next in the published order who may serve now. None when nobody is left.

    Who no longer belongs is passed over for good; whoever cannot serve now keeps their place for another time, and is told
    nothing. `after`: who was asked before, for the same seat. `serves_until`: of the rest of a term. `part`: of a pair or a
    balanced draw, who alone is asked for this seat; with `others`, a balanced draw asks others too, as its quotas allow.
    """
    group, tickets = store.group_of(db, draw), store.tickets(db, draw)
    role = roles.named(db, group, draw.role, now, seats=draw.seats)
    fit = eligibility.may_serve(db, group, role, [ticket.member for ticket in tickets], now, rules.circles_in(draw.circle))
    found = rules.next_in_order([(ticket.answer, ticket.member_id in fit and part in {"", ticket.part}) for ticket in tickets])
    if found is None and others:
        holding = {mandate.member_id for mandate in mandates.serving(db, group, role, now)}
        found = sealed.place_of_another(draw, tickets, holding, fit)
    for ticket in tickets[:found]:
        if ticket.answer == "reserve" and not permissions.belongs(ticket.member):
            note(db, draw, ticket, "left", now, house)
    if found is None:
        return None
    asked = tickets[found]
    asked.answer, asked.serves_until, asked.instead_of = "offered", serves_until, after.id if after else None
    give_time(db, draw, asked, now)
    return asked


def give_time(db: Session, draw: DrawRow, ticket: TicketRow, now: datetime) -> None:
    """Until when they may answer: as the role has it, and no longer than there is something to take."""
    group = store.group_of(db, draw)
    role = roles.named(db, group, draw.role, now, seats=draw.seats)
    ticket.answer_by = rules.answer_by(roles.answer_time(group, role, now), ticket.serves_until)
    touch(db, draw, ticket, now)


def answer(db: Session, draw: DrawRow, ticket: TicketRow, said: str, now: datetime, house: House) -> None:
    """`declined`, `silent`, `left` or `passed`: the seat passes to the next reserve."""
    note(db, draw, ticket, said, now, house)
    touch(db, draw, ticket, now)
    pass_on(db, draw, ticket, now, house)


def accept(db: Session, draw: DrawRow, ticket: TicketRow, now: datetime, house: House) -> MandateRow:
    """A yes counts for as long as the seat has not passed on, however late it comes."""
    note(db, draw, ticket, "accepted", now, house)
    made = begin(db, draw, ticket, now, house)
    touch(db, draw, ticket, now)
    return made


def begin(db: Session, draw: DrawRow, ticket: TicketRow, now: datetime, house: House) -> MandateRow:
    """The seat is taken: from now on, for the role's term or what is left of somebody else's. Refused: see mandates.begin."""
    group = store.group_of(db, draw)
    role = roles.ensure(db, group, draw.role, now, seats=draw.seats, since=draw.frozen_at)
    if rules.is_over(ticket.serves_until, now):
        raise Refused("rest over", role=isolated(role.name))
    how = mandates.Beginning("reserve" if ticket.serves_until else "draw", draw.chat_id, draw.id, ticket.serves_until)
    return mandates.begin(db, group, role, ticket.member, how, now, house)


def replace(db: Session, draw: DrawRow, ticket: TicketRow, now: datetime, house: House) -> None:
    """A later draw has taken the place of this one."""
    note(db, draw, ticket, "replaced", now, house)
    touch(db, draw, ticket, now)


def note(db: Session, draw: DrawRow, ticket: TicketRow, said: str, now: datetime, house: House) -> None:
    """What became of a ticket, on the ticket and in the register."""
    ticket.answer, ticket.answered_at = said, now
    group, facts, personal = store.group_of(db, draw), {"draw": f"D-{draw.number}"}, {"label": ticket.label}
    register.enter(db, group, f"draw {said}", facts, now=now, dice=house.dice, personal=personal)


def pass_on(db: Session, draw: DrawRow, ticket: TicketRow, now: datetime, house: House) -> None:
    """To the next, unless there is nothing to take any more; the rest of a term stays the rest of that term."""
    if rules.is_over(ticket.serves_until, now):
        put_up(db, draw, "vacancy", ticket.id, now)
    elif seating.is_wanted(db, draw, now):
        offer_or_tell(db, draw, ticket, ticket, ticket.serves_until, now, house)


def offer_or_tell(
    db: Session,
    draw: DrawRow,
    last: TicketRow,
    after: TicketRow | None,
    serves_until: datetime | None,
    now: datetime,
    house: House,
) -> None:
    """The next is asked, or the room is told that nobody is left; `last`: who had the seat, or was asked for it."""
    following = offer_next(db, draw, now, house, after=after, serves_until=serves_until, part=last.part, others=True)
    if following is not None:
        put_up(db, draw, "offer", following.id, now)
    else:
        put_up(db, draw, "vacancy", last.id, now)


def touch(db: Session, draw: DrawRow, ticket: TicketRow, now: datetime) -> None:
    boards.touch(db, "result", draw.id, now)
    boards.touch(db, "offer", ticket.id, now)


def put_up(db: Session, draw: DrawRow, kind: str, subject_id: int, now: datetime, tells: EntryRow | None = None) -> None:
    """In every room where the draw was announced, in its topic."""
    put_up_everywhere(db, draw.group_id, kind, subject_id, now, after=("draw", draw.id), tells=tells)
