"""Putting one event into a room, encrypted where the room is; the same transaction id makes the same event."""

from urllib.parse import quote

import peewee
from nio.exceptions import EncryptionError

from adapters.matrix.errors import TROUBLE, before_sending, while_sending
from adapters.matrix.live import Live
from adapters.matrix.parsing import Event, dumps
from adapters.matrix.rooms import Room
from adapters.matrix.web import in_room
from bot.chat.adapter import TryLater, Undeliverable

LARGEST = 60_000  # bytes; the platform takes 65,536 with all that servers add
STORE_BUSY = 5.0  # seconds
KEYS_REFUSED = 60.0  # a homeserver that will not hand out keys says nothing about the message
NEVER_ENCRYPTED = ("m.reaction",)  # servers count them, so clients send them in clear


async def send(live: Live, room: Room, kind: str, content: Event, tx: str) -> str:
    """The event's id. Raises a DeliveryFault."""
    if room.encrypted and kind not in NEVER_ENCRYPTED:
        kind, content = "m.room.encrypted", await encrypted(live, room, kind, content)
    if len(dumps(content)) > LARGEST:
        raise Undeliverable("refused")
    try:
        answer = await live.server.put(in_room(room.id, "send", kind, tx), content)
    except TROUBLE as trouble:
        raise while_sending(trouble) from None
    return str(answer.get("event_id"))


async def encrypted(live: Live, room: Room, kind: str, content: Event) -> Event:
    try:
        await live.keys.share(room)
        return live.keys.encrypt(room, kind, content)
    except TROUBLE as trouble:
        fault = before_sending(trouble)
        raise TryLater(KEYS_REFUSED) if isinstance(fault, Undeliverable) else fault from None
    except (EncryptionError, peewee.OperationalError):
        raise TryLater(STORE_BUSY) from None


async def redact(live: Live, room: Room, event_id: str, tx: str) -> None:
    try:
        await live.server.put(f"{in_room(room.id, 'redact')}/{quote(event_id, safe='')}/{quote(tx, safe='')}", {})
    except TROUBLE as trouble:
        raise while_sending(trouble) from None
