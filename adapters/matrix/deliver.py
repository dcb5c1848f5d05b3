"""Delivering: the words, then the files, then the reactions that stand for buttons; each under a name of its own."""

import hashlib
from dataclasses import replace
from datetime import timedelta

from nio.crypto import attachments as sealing

from adapters.matrix import polls, render
from adapters.matrix.buttons import seed, withdraw
from adapters.matrix.direct import UNOPENED, in_private, opened
from adapters.matrix.errors import TROUBLE, before_sending
from adapters.matrix.live import Live
from adapters.matrix.lookup import find_op, is_gone
from adapters.matrix.memory import OP, Known
from adapters.matrix.parsing import Event
from adapters.matrix.pinning import pin
from adapters.matrix.rooms import Room
from adapters.matrix.sending import send
from adapters.matrix.web import CLIENT
from bot.chat.adapter import Delivery, TryLater, Undeliverable
from bot.chat.incoming import KeyPressed
from bot.chat.message import Attachment, Mention, Text, message, paragraph, plain
from bot.chat.refs import MessageRef

REMEMBERED_FOR = timedelta(hours=20)  # homeservers know a transaction id for a day
NOT_YET = 1.0  # seconds
PNG = b"\x89PNG\r\n\x1a\n"


async def deliver(live: Live | None, delivery: Delivery) -> MessageRef:
    if live is None or not live.synced.is_set():
        raise TryLater(NOT_YET, everywhere=True)
    if delivery.chat.id.startswith(UNOPENED):
        raise await opened(live, delivery.chat)
    room = await room_for(live, delivery)
    if room.kind == "private":
        delivery = replace(delivery, message=in_private(delivery.message))
    event_id = await sent_before(live, room, delivery) or await put_up(live, room, delivery)
    text, op = plain(delivery.message), "" if delivery.edits else delivery.op
    live.memory.put(delivery.edits or event_id, Known(live.me, text, delivery.reply_to or "", delivery.thread, op=op))
    if delivery.pin and delivery.edits is None:
        await pin(live, room, event_id)
    await offer(live, room, delivery, delivery.edits or event_id)
    return MessageRef(delivery.chat, delivery.edits or event_id)


async def offer(live: Live, room: Room, delivery: Delivery, message_id: str) -> None:
    """The buttons: a native poll where one is wanted, else reactions that are there already."""
    if delivery.edits is None and delivery.first_tried is None:
        live.known_boards.add(message_id)
    changed = await polls.keep(live, room, delivery, message_id) or delivery.first_tried is not None
    if not polls.wanted(delivery.message, room):
        await withdraw(live, room, delivery, delivery.message.buttons)
        await seed(live, room, delivery, message_id, () if changed else delivery.old_buttons)
    elif changed:
        await withdraw(live, room, delivery, ())


async def room_for(live: Live, delivery: Delivery) -> Room:
    """The room, marked as encrypted if it ever was: that is never taken back."""
    room = live.rooms.get(delivery.chat.id)
    if room is None:
        raise await not_in(live, delivery.chat.id)
    room.encrypted |= delivery.encrypted
    return room


async def not_in(live: Live, room_id: str) -> TryLater | Undeliverable:
    """The bot may have joined a moment ago, and the next sync will show the room; else it may not speak there."""
    try:
        joined = (await live.server.get(f"{CLIENT}/joined_rooms")).get("joined_rooms")
    except TROUBLE as trouble:
        raise before_sending(trouble) from None
    return TryLater(NOT_YET) if isinstance(joined, list) and room_id in joined else Undeliverable("closed")


async def sent_before(live: Live, room: Room, delivery: Delivery) -> str | None:
    """After a day the homeserver may have forgotten the name of this sending; the room has not."""
    if delivery.first_tried is None or delivery.first_tried < REMEMBERED_FOR:
        return None
    return await find_op(live, room, delivery.op)


async def put_up(live: Live, room: Room, delivery: Delivery) -> str:
    """The event id of the words, or of the first file where there are none."""
    said, op = delivery.message, delivery.op
    if delivery.edits is not None:
        if await is_gone(live, room, delivery.edits):
            raise Undeliverable("message gone")
        return await send(live, room, "m.room.message", render.replacement(said, delivery.edits) | {OP: op}, op)
    ids = []
    if said.blocks or said.rows:
        words = render.placed(render.content(said, delivery.silent), delivery.thread, delivery.reply_to)
        ids.append(await send(live, room, "m.room.message", words | {OP: op}, op))
    for place, attachment in enumerate(said.attachments):
        name = op if not ids else f"{op}-a{place}"
        file = render.placed(await uploaded(live, room, attachment), delivery.thread, delivery.reply_to)
        ids.append(await send(live, room, "m.room.message", file | {OP: name}, name))
    if not ids:
        raise Undeliverable("refused")
    return ids[0]


async def uploaded(live: Live, room: Room, attachment: Attachment) -> Event:
    """Content for a file whose bytes are with the homeserver, sealed if the room is encrypted."""
    name, size = attachment.name, len(attachment.content)
    kind = "m.image" if attachment.media_type.startswith("image/") else "m.file"
    body = {"msgtype": kind, "body": name, "filename": name, "m.mentions": {}}
    body["info"] = {"mimetype": attachment.media_type, "size": size} | extent(attachment.content)
    try:
        if not room.encrypted:
            return body | {"url": await live.server.upload(attachment.content, attachment.media_type, name)}
        sealed, keys = sealing.encrypt_attachment(attachment.content)
        return body | {"file": keys | {"url": await live.server.upload(sealed, "application/octet-stream", "")}}
    except TROUBLE as trouble:
        raise before_sending(trouble) from None


def extent(content: bytes) -> dict[str, int]:
    """Width and height of a PNG in pixels, by which clients keep its place free; nothing of any other file."""
    if content[:8] != PNG or content[12:16] != b"IHDR" or len(content) < 24:
        return {}
    return {"w": int.from_bytes(content[16:20]), "h": int.from_bytes(content[20:24])}


async def tell_refusal(live: Live, event: KeyPressed, words: str, event_id: str) -> None:
    """A short answer in the room to somebody whose press was refused. May be lost."""
    where, room = event.origin, live.rooms.get(event.origin.chat.id)
    if room is None:
        return
    said = message(paragraph(Mention(where.person, where.name), Text(f": {words}")))
    body = render.placed(render.content(said) | {"msgtype": "m.notice"}, where.thread, where.message_id)
    tx = f"ack-{hashlib.sha256(event_id.encode()).hexdigest()[:32]}"
    await send(live, room, "m.room.message", body, tx)
