"""Buttons as reactions: the bot reacts first, so that people need only tap."""

from collections.abc import Sequence

from adapters.matrix.errors import TROUBLE, while_sending
from adapters.matrix.live import Live
from adapters.matrix.parsing import branch, branches, name
from adapters.matrix.rooms import Room
from adapters.matrix.sending import redact, send
from adapters.matrix.web import related
from bot.chat.adapter import Delivery, DeliveryFault, OutcomeUnknown, TryLater, Undeliverable
from bot.chat.message import Button

COLOURFUL = "\ufe0f"


async def seed(live: Live, room: Room, delivery: Delivery, message_id: str, old: Sequence[str]) -> None:
    """One reaction for each button that is not among the `old`. The words are up by now: what fails is tried again with them."""
    there = {bare(emoji) for emoji in old}
    for place, button in enumerate(delivery.message.buttons):
        if not button.emoji or bare(button.emoji) in there:
            continue
        relation = {"rel_type": "m.annotation", "event_id": message_id, "key": button.emoji}
        try:
            await send(live, room, "m.reaction", {"m.relates_to": relation}, f"{delivery.op}-r{place}")
        except TryLater:
            raise OutcomeUnknown(repeatable=True) from None
        except Undeliverable:
            continue  # it stands there already, or the bot may not react here: a typed number works all the same


async def withdraw(live: Live, room: Room, delivery: Delivery, stay: Sequence[Button]) -> None:
    """After an edit: take back our reactions for buttons that no longer stand, as well as that can be done."""
    gone = {bare(emoji) for emoji in delivery.old_buttons} - {bare(button.emoji) for button in stay}
    if delivery.edits is None or not gone:
        return
    try:
        for emoji, event_id in (await our_reactions(live, room, delivery.edits)).items():
            if bare(emoji) in gone:
                await redact(live, room, event_id, f"{delivery.op}-d{event_id}")
    except DeliveryFault:
        return


async def our_reactions(live: Live, room: Room, message_id: str) -> dict[str, str]:
    path = related(room.id, message_id, "m.annotation/m.reaction")
    try:
        page = await live.server.get(path, {"limit": "500"})
    except TROUBLE as trouble:
        raise while_sending(trouble) from None
    found = {}
    for event in branches(page, "chunk"):
        key = branch(event, "content", "m.relates_to").get("key")
        if event.get("sender") == live.me and isinstance(key, str):
            found[key] = name(event.get("event_id"))
    return found


def bare(emoji: str) -> str:
    return emoji.replace(COLOURFUL, "")
