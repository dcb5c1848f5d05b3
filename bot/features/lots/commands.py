"""Handlers of lots: find, decide, save, announce."""

from dataclasses import replace

from sqlalchemy.orm import Session

from bot.chat.incoming import Ack
from bot.commons import circles, naming, permissions, resting, roles, roll
from bot.delivery import boards
from bot.features.lots import drawing, rules, store, texts
from bot.features.lots.balances import gathering
from bot.features.lots.offers import offering
from bot.features.lots.pools import choosing, seating
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.routing.house import Resting
from bot.tidy import folded, isolated, tidy
from models import DrawRow, TicketRow


def draw(call: Call) -> None:
    asked = rules.read_request(call.text, seating.names_of_roles(call.db, call.group))
    role = tidy(asked.role, rules.ROLE_LIMIT)
    if not role:
        raise Refused("role missing")
    circles.check_role(call.db, call.group, role)
    check_not_open(call, role)
    caller = roll.known(call.db, call.group, call.event.origin, call.now)
    wanted = roles.named(call.db, call.group, role, call.now, seats=asked.seats or 1)
    seats = seating.seats_for(call, wanted, asked.seats)
    circle, without = seating.circle_for(call, asked.circle), naming.several(call, asked.without)
    pool = choosing.pool_for(call, wanted, seats, circle, without)
    pool = choosing.paired(call, wanted, pool) if asked.buddy else pool
    pool = gathering.balanced(call, pool, asked.balance) if asked.balance else pool
    opened = drawing.open_draw(call, replace(asked, role=role, seats=seats), caller, pool)
    drawing.announce(call, opened)


def check_not_open(call: Call, role: str) -> None:
    already = store.open_for(call.db, call.group, folded(role))
    if already is not None and already.beacon_round is not None:
        raise Refused("already awaited", number=already.number)
    if already is not None:
        raise Refused("already open", number=already.number)


def shake(call: Call) -> Ack:
    found, ticket = open_ticket(call)
    shaken = drawing.shake(call.db, found, ticket, call.now, call.house)
    return Ack(texts.shaken(call.voice, shaken, store.pool_size(call.db, found)))


def draw_now(call: Call) -> Ack:
    found = open_draw(call)
    member = roll.find(call.db, call.group, call.event.origin.person)
    if not permissions.draws(member, found.called_by, own_ticket(call, found) is not None):
        raise Refused("not in the pool")
    drawing.draw_lots(call.db, found, call.now, call.house)
    return Ack(texts.drawing(call.voice))


def accept(call: Call) -> Ack:
    found, ticket = offered_ticket(call)
    made = offering.accept(call.db, found, ticket, call.now, call.house)
    return Ack(texts.thanks(call.voice, isolated(found.role), made.ends_at))


def decline(call: Call) -> Ack:
    found, ticket = offered_ticket(call)
    offering.answer(call.db, found, ticket, "declined", call.now, call.house)
    return Ack(texts.passed_on(call.voice))


def left(call: Call) -> None:
    """Somebody who was asked has left the room by which they came: the seat passes on."""
    member = roll.find(call.db, call.group, call.event.origin.person)
    if member is None or not roll.lives_in(member, call.chat):
        return
    for ticket in store.offered(call.db, call.group.id, member.id):
        offering.answer(call.db, store.locked(call.db, ticket.draw_id), ticket, "left", call.now, call.house)


def pass_on(db: Session, found: Resting) -> list[str]:
    """Somebody who was asked begins to rest: the seats pass on. Gives their roles."""
    draws = []
    for ticket in store.offered(db, found.member.group_id, found.member.id):
        draws.append(store.locked(db, ticket.draw_id))
        offering.answer(db, draws[-1], ticket, "passed", found.now, found.house)
    return [isolated(draw.role) for draw in draws]


def pressed_draw(call: Call) -> DrawRow:
    found = store.in_chat(call.db, call.chat, call.about[0]) if len(call.about) == 1 else None
    if found is None:
        raise Refused("old button")
    return found


def open_draw(call: Call) -> DrawRow:
    found = pressed_draw(call)
    if found.state != "open":
        raise Refused("already drawn")
    if found.beacon_round is not None:
        raise Refused("round fixed")  # forged: such a draw has no buttons
    if not boards.may_stand(call.db, "draw", found.id):
        raise Refused("old button")  # forged: what was sealed must be posted before there is any chance
    return found


def open_ticket(call: Call) -> tuple[DrawRow, TicketRow]:
    found = open_draw(call)
    ticket = own_ticket(call, found)
    if ticket is None:
        raise why_not(call, found)
    return found, ticket


def why_not(call: Call, found: DrawRow) -> Refused:
    """Why somebody is not in this hat."""
    member = roll.find(call.db, call.group, call.event.origin.person)
    if member and resting.rests(member, call.now):
        return Refused("resting now")
    known = choosing.why_not(found, member) if member else None
    return Refused("left out of it", reason=known[0], until=known[1]) if known else Refused("not in the pool")


def offered_ticket(call: Call) -> tuple[DrawRow, TicketRow]:
    found = pressed_draw(call)
    ticket = own_ticket(call, found)
    if ticket is None or ticket.answer == "reserve":
        raise Refused("not asked")
    if ticket.answer == "silent":
        raise Refused("answer too late")
    if ticket.answer != "offered":
        raise Refused("already answered")
    return found, ticket


def own_ticket(call: Call, found: DrawRow) -> TicketRow | None:
    member = roll.find(call.db, call.group, call.event.origin.person)
    return store.ticket_of(call.db, found, member) if member else None
