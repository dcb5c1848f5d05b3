"""Pinning a message, where the bot's power in the room allows it; where not, the message stands all the same."""

import contextlib

from adapters.matrix.errors import TROUBLE, Refusal
from adapters.matrix.live import Live
from adapters.matrix.rooms import Room
from adapters.matrix.web import in_room

PINNED = "m.room.pinned_events"


async def pin(live: Live, room: Room, event_id: str) -> None:
    with contextlib.suppress(*TROUBLE):
        pinned = await pinned_in(live, room)
        if event_id not in pinned:
            await live.server.put(in_room(room.id, "state", PINNED), {"pinned": [*pinned, event_id]})


async def pinned_in(live: Live, room: Room) -> list[str]:
    try:
        pinned = (await live.server.get(in_room(room.id, "state", PINNED))).get("pinned")
    except Refusal as no:
        if no.status != 404:
            raise
        return []
    return [each for each in pinned if isinstance(each, str)] if isinstance(pinned, list) else []
