"""Meetings as plain values: reading an agenda, whose turn it is, how lots are drawn among those who are there. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.commons import lots
from bot.refusal import Refused
from bot.tidy import tidy

MOST_ITEMS, ITEM_LIMIT = 30, 120  # characters
MOST_NOTES, NOTE_LIMIT = 300, 1_000
LEAST = 2  # people among whom there is anything to draw
LONGEST = timedelta(hours=24)  # then a meeting that nobody has ended ends by itself
BULLET = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+")
START = {"start", "empezar", "inicio"}
END = {"end", "terminar", "fin"}
NEXT = {"next", "siguiente"}
DOWN = {"down", "bajar"}


@dataclass(frozen=True, slots=True)
class Hand:
    """A hand that is up."""

    member_id: int
    spoken: int
    raised_at: datetime


def read_agenda(text: str) -> list[str]:
    """One item a line, or several in a line with | between them. Refused: too many, or one that is too long."""
    parts = [BULLET.sub("", part.strip()) for line in text.splitlines() for part in line.split("|")]
    items = [tidy(part, ITEM_LIMIT + 1) for part in parts if part.strip()]
    if len(items) > MOST_ITEMS:
        raise Refused("agenda too long", most=MOST_ITEMS)
    if any(len(item) > ITEM_LIMIT for item in items):
        raise Refused("agenda item too long", limit=ITEM_LIMIT)
    return items


def queue(hands: Sequence[Hand]) -> list[int]:
    """Whose turn it is, as ids of members: those who have spoken least in this meeting first, then in the order of hands."""
    return [hand.member_id for hand in sorted(hands, key=lambda hand: (hand.spoken, hand.raised_at, hand.member_id))]


def pool_document(number: int, room: str, secret: bytes, now: datetime, labels: Sequence[str]) -> str:
    """Of those who are there; the secret was sealed when the meeting began, so that nobody could choose whom it favours."""
    source = f"hat: {lots.commitment(secret)}"
    return lots.pool_document(lots.Pool(number, room, "facilitator and note-taker", LEAST, source, now, tuple(labels)))


def drawn(document: str, secret: bytes) -> list[str]:
    """The labels in drawn order: the first facilitates, the second takes notes."""
    return lots.order(document, lots.chance(secret, ()))


def receipt(document: str, secret: bytes) -> str:
    """With which anyone can check the draw."""
    return lots.receipt(document, secret, ())


def next_in(order: Sequence[str], holding: Sequence[str]) -> str | None:
    """Who takes the place of one of them: the next after both in the order; None: nobody is left."""
    last = max((order.index(label) for label in holding if label in order), default=-1)
    return next(iter(order[last + 1 :]), None)
