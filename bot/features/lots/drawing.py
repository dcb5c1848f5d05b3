"""The life of a draw: opened, shaken, drawn."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import lots, register, roll
from bot.commons.rooms import put_up_everywhere
from bot.delivery import boards
from bot.features.lots import chances, rules, store
from bot.features.lots.balances import sealed, strata
from bot.features.lots.offers import offering
from bot.features.lots.pools import seating
from bot.features.lots.pools.choosing import Pool, number
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.routing.house import House
from bot.tidy import folded, tidy
from models import DrawRow, EntryRow, MemberRow, ShakeRow, TicketRow


def open_draw(call: Call, asked: rules.Asked, caller: MemberRow, pool: Pool) -> DrawRow:
    """Freeze the pool and name the source of chance, and write both down before there is any chance."""
    group, source = call.group, chances.source_for(call)
    follows = store.last_for(call.db, group, folded(asked.role))
    number = register.next_number(group)
    labels = {member.id: roll.ref_of(member).label for member in pool.members}
    draw = DrawRow(
        group_id=group.id,
        chat_id=call.chat.id,
        number=number,
        role=asked.role,
        role_key=folded(asked.role),
        seats=asked.seats or 1,
        caller=caller,
        follows_id=follows.id if follows else None,
        reason=tidy(asked.reason, 200),
        pool_document=document(call, number, asked, source.line, labels, pool),
        secret=source.secret,
        beacon_round=source.number,
        frozen_at=call.now,
        closes_at=source.until,
        resting=pool.resting,
        left_out=pool.left_out,
        circle=tidy(pool.circle, rules.CIRCLES_LIMIT),
        tickets=[ticket_for(member, labels[member.id], pool) for member in pool.members],
    )
    call.db.add(draw)
    call.db.flush()
    return draw


def ticket_for(member: MemberRow, label: str, pool: Pool) -> TicketRow:
    part = ("veteran" if member.id in pool.veterans else "novice") if pool.veterans else ""
    part = pool.strata.part_of(label) if pool.strata else part
    return TicketRow(group_id=member.group_id, member=member, label=label, part=part)


def document(call: Call, number: int, asked: rules.Asked, source: str, labels: Mapping[int, str], pool: Pool) -> str:
    """Of a pair it names who has served, of a balanced draw who has which labels, so that anybody can repeat who was asked."""
    room, seats = call.event.origin.chat.label, asked.seats or 1
    veterans = " ".join(sorted(labels[member_id] for member_id in pool.veterans))
    more = strata.lines(pool.strata, seats) if pool.strata else (f"veterans: {veterans}",) if veterans else ()
    return lots.pool_document(lots.Pool(number, room, asked.role, seats, source, call.now, tuple(labels.values()), more))


def announce(call: Call, draw: DrawRow) -> None:
    put_up_everywhere(call.db, draw.group_id, "draw", draw.id, call.now, home=call.chat, thread=call.event.origin.thread)


def shake(db: Session, draw: DrawRow, ticket: TicketRow, now: datetime, house: House) -> int:
    """Add one person's shake; the last of all draws. Returns how many have shaken. Refused: a second shake."""
    if db.get(ShakeRow, (draw.id, ticket.label)) is not None:
        raise Refused("already shaken")
    draw.shake_count += 1
    db.add(ShakeRow(draw_id=draw.id, label=ticket.label, group_id=draw.group_id, place=draw.shake_count))
    db.flush()
    boards.touch(db, "draw", draw.id, now)
    if draw.shake_count == store.pool_size(db, draw):
        draw_lots(db, draw, now, house)
    return draw.shake_count


def draw_lots(db: Session, draw: DrawRow, now: datetime, house: House) -> None:
    """Reveal, order, enter into the register, and ask the first in order who are still there."""
    drawn = lots.order(draw.pool_document, chances.chance_of(db, draw))
    place = {label: number for number, label in enumerate(drawn, start=1)}
    for ticket in store.tickets(db, draw):
        ticket.place = place[ticket.label]
    draw.state, draw.drawn_at = "drawn", now
    db.flush()
    entry = enter_result(db, draw, drawn, now, house)
    ask_first(db, draw, now, house)
    boards.touch(db, "draw", draw.id, now)
    offering.put_up(db, draw, "result", draw.id, now, tells=entry)


def ask_first(db: Session, draw: DrawRow, now: datetime, house: House) -> None:
    """As many as there are seats; whoever was asked by an earlier draw for a seat that is drawn for again is asked no longer."""
    group = store.group_of(db, draw)
    known, seats = {ticket.part for ticket in store.tickets(db, draw)}, seating.settle_seats(db, group, draw, now)
    parts = rules.parts(known, seats, sealed.parts_chosen(db, draw))
    empty = [part for part in parts if offering.offer_next(db, draw, now, house, part=part) is None]
    for part in empty:
        offering.offer_next(db, draw, now, house, part=part, others=True)
    earlier = [ticket for ticket in store.offered_for(db, group, draw.role_key) if ticket.draw_id != draw.id]
    for ticket in earlier[: -seating.surplus(db, group, draw, now) - 1 : -1]:
        offering.replace(db, store.locked(db, ticket.draw_id), ticket, now, house)


def enter_result(db: Session, draw: DrawRow, drawn: list[str], now: datetime, house: House) -> EntryRow:
    facts = {
        "draw": f"D-{draw.number}",
        "seats": draw.seats,
        "left_out": {why: number(draw.left_out, why) for why in draw.left_out or {}},
        "pool_sha256": lots.fingerprint(draw.pool_document),
        **chances.evidence(draw),
        "chance": chances.chance_of(db, draw).hex(),
    }
    personal = {"role": draw.role, "order": drawn, "shakes": store.shakes(db, draw), "pool": draw.pool_document.splitlines()}
    return register.enter(db, store.group_of(db, draw), "draw", facts, now=now, dice=house.dice, personal=personal)
