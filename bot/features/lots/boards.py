"""The messages of a draw, drawn from what is true now."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.chat.message import Block, Message
from bot.commons import lots, roll
from bot.commons.notes import with_unheard
from bot.features.lots import chances, rules, store, texts
from bot.features.lots.balances import strata, telling
from bot.features.lots.beacon import texts as beacon_texts
from bot.features.lots.offers import texts as offer_texts
from bot.features.lots.pools import choosing
from bot.language import Voice
from bot.routing.feature import voice_at
from bot.routing.house import Open, prefix_on
from bot.tidy import isolated
from models import BoardRow, DrawRow, TicketRow


def draw_board(db: Session, board: BoardRow) -> Message:
    draw, v = db.get_one(DrawRow, board.subject_id), voice_at(db, board)
    facts = facts_of(db, draw, board.chat.platform)
    if draw.beacon_round is None:
        return texts.announcement(v, facts)
    return beacon_texts.announcement(v, facts, draw.beacon_round, draw.waits_since, prefix_on(board.chat.platform))


def facts_of(db: Session, draw: DrawRow, platform: str) -> texts.DrawFacts:
    earlier = db.get(DrawRow, draw.follows_id) if draw.follows_id else None
    by_label = sorted(store.tickets(db, draw), key=lambda ticket: ticket.label)
    return texts.DrawFacts(
        draw_id=draw.id,
        opener=roll.name_in(db, draw.caller),
        number=draw.number,
        role=isolated(draw.role),
        seats=draw.seats,
        in_hat=roll.names_in(db, [ticket.member for ticket in by_label]),
        resting=draw.resting,
        veterans=roll.names_in(db, [ticket.member for ticket in by_label if ticket.part == "veteran"]),
        balance=telling.balance_of(draw, platform),
        left_out=choosing.told(db, draw.left_out),
        circle=isolated(draw.circle),
        shaken=roll.names_in(db, store.shakers(db, draw)),
        closes_at=draw.closes_at,
        fingerprint=chances.fingerprint_of(db, draw),
        commitment=lots.commitment(draw.secret),
        earlier=earlier.number if earlier else None,
        reason=isolated(draw.reason),
        drawn=draw.state == "drawn",
        cancelled=draw.state == "cancelled",
    )


def result_board(db: Session, board: BoardRow) -> Message:
    draw, v = db.get_one(DrawRow, board.subject_id), voice_at(db, board)
    facts = result_of(db, v, draw, prefix_on(board.chat.platform))
    return with_unheard(db, v, texts.result(v, facts), "result", draw.id)


def result_of(db: Session, v: Voice, draw: DrawRow, prefix: str) -> texts.ResultFacts:
    return texts.ResultFacts(
        draw_id=draw.id,
        number=draw.number,
        role=isolated(draw.role),
        seats=draw.seats,
        drawn=drawn(db, store.tickets(db, draw)),
        origin=origin(db, v, draw),
        prefix=prefix,
        balanced=strata.read(draw.pool_document) is not None,
    )


def origin(db: Session, v: Voice, draw: DrawRow) -> list[Block]:
    """Where the chance came from."""
    chance = chances.chance_of(db, draw).hex()
    if draw.beacon_round is not None and draw.signature is not None:
        return beacon_texts.from_the_beacon(v, draw.beacon_round, draw.signature.hex(), chance)
    return texts.from_the_hat(v, roll.names_in(db, store.shakers(db, draw)), draw.secret.hex(), chance)


def offer_board(db: Session, board: BoardRow) -> Message:
    ticket = db.get_one(TicketRow, board.subject_id)
    draw = db.get_one(DrawRow, ticket.draw_id)
    before = db.get(TicketRow, ticket.instead_of) if ticket.instead_of else None
    silent = roll.name_in(db, before.member) if before and before.answer == "silent" else ""
    (one,) = drawn(db, [ticket])
    balanced = strata.read(draw.pool_document) is not None
    facts = offer_texts.OfferFacts(draw.id, draw.number, isolated(draw.role), one, ticket.serves_until, silent, balanced)
    return offer_texts.offer(voice_at(db, board), facts)


def vacancy_board(db: Session, board: BoardRow) -> Message:
    ticket = db.get_one(TicketRow, board.subject_id)
    draw = db.get_one(DrawRow, ticket.draw_id)
    over = ticket.answered_at is not None and rules.is_over(ticket.serves_until, ticket.answered_at)
    words = offer_texts.rest_over if over and ticket.answer != "accepted" else offer_texts.vacancy
    return words(voice_at(db, board), draw.number, isolated(draw.role), prefix_on(board.chat.platform))


def drawn(db: Session, tickets: Sequence[TicketRow]) -> list[offer_texts.Drawn]:
    mentions = roll.mentions_in(db, [ticket.member for ticket in tickets])
    return [offer_texts.Drawn(who, each.answer, each.answer_by) for who, each in zip(mentions, tickets, strict=True)]


def show(db: Session, draw_id: int, v: Voice) -> Open:
    """As lists of what is open name it; one by the beacon waits for its round, however long that takes."""
    draw = db.get_one(DrawRow, draw_id)
    closes_at = None if draw.beacon_round is not None else draw.closes_at
    return Open(draw.number, texts.in_lists(v, isolated(draw.role)), ("draw", draw.id), closes_at)
