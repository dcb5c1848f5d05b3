"""Handlers of what members bring when no relay answers: the round's signature, as a command or in reply to the announcement."""

import re

from bot import quicknet
from bot.chat.incoming import Ack
from bot.features.lots import commands, rules, store
from bot.features.lots.beacon import texts, waiting
from bot.refusal import Refused
from bot.routing.feature import Call
from models import DrawRow

NUMBERED = re.compile(r"\s*(?P<number>[dD]-?\d{1,9}|\d{1,9})(?:\s+(?P<rest>.*))?", re.DOTALL | re.ASCII)
HEXADECIMAL = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)  # what may be meant as a signature, right or wrong


def beacon(call: Call) -> None:
    named = NUMBERED.fullmatch(call.text)
    found = by_number(call, named["number"]) if named else waiting_here(call)
    bring(call, found, (named["rest"] or "") if named else call.text)


def by_number(call: Call, number: str) -> DrawRow:
    found = store.by_number(call.db, call.group, rules.read_number(number))
    if found is None:
        raise Refused("no such draw")
    return store.locked(call.db, found.id)


def waiting_here(call: Call) -> DrawRow:
    """The draw that has waited the longest for its round."""
    waiting_ones = [draw for draw in store.open_draws(call.db, call.group.id) if draw.beacon_round is not None]
    if not waiting_ones:
        raise Refused("no draw waits")
    return store.locked(call.db, min(waiting_ones, key=lambda draw: draw.closes_at).id)


def reply(call: Call) -> Ack | None:
    """Other talk, and all talk about a draw by the hat, is left alone."""
    found = commands.pressed_draw(call)
    if found.beacon_round is None or found.state != "open" or not HEXADECIMAL.search(call.text):
        return None
    bring(call, found, call.text)
    return Ack(texts.taken(call.voice, found.number))


def bring(call: Call, draw: DrawRow, text: str) -> None:
    check_awaited(call, draw)
    signature = quicknet.signature_in(text)
    if signature is None:
        raise Refused("no signature", number=draw.number)
    if not waiting.take(call.db, draw, signature, call.now, call.house):
        raise Refused("not of that round", number=draw.beacon_round)
    call.answer(texts.thanks(call.voice, draw.number))


def check_awaited(call: Call, draw: DrawRow) -> None:
    if draw.beacon_round is None:
        raise Refused("by the hat", number=draw.number)
    if draw.state == "drawn":
        raise Refused("already drawn")
    if draw.closes_at > call.now:
        raise Refused("round to come", number=draw.beacon_round, at=draw.closes_at)
    if draw.state == "cancelled" or not waiting.is_posted_in_time(call.db, draw):
        raise Refused("draw called off", number=draw.number)
    if not quicknet.installed():
        raise Refused("beacon unchecked")
