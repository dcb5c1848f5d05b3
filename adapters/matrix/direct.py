"""Private chats that the bot opens itself: their creation says for whom, so that no later run opens a second one."""

import contextlib
from dataclasses import replace

from adapters.matrix.errors import TROUBLE, Silence, while_sending
from adapters.matrix.live import Live
from adapters.matrix.parsing import name
from adapters.matrix.rooms import MADE_FOR, Room
from adapters.matrix.web import CLIENT
from bot.chat.adapter import Moved, TryLater
from bot.chat.message import Message
from bot.chat.refs import ChatRef

UNOPENED = "dm:"  # and a user id: the core's name for a private chat that is not there yet
LONG_ENOUGH = 10.0  # seconds in which the next sync shows a room of which no answer told
CIPHER = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


async def opened(live: Live, ref: ChatRef) -> Moved:
    """Where that chat is, now that there is one. Raises a DeliveryFault."""
    user = ref.id.removeprefix(UNOPENED)
    known = (room.id for room in live.rooms.values() if room.made_for_by(live.me) == user and user in room.readers)
    return Moved(ChatRef(ref.platform, next(known, "") or await made(live, user)))


async def made(live: Live, user: str) -> str:
    """A new room's id; surely nothing was said in it if that fails."""
    kind = {"preset": "trusted_private_chat", "is_direct": True, "creation_content": {MADE_FOR: user}}
    try:
        answer = await live.server.post(f"{CLIENT}/createRoom", kind | {"invite": [user], "initial_state": [CIPHER]})
    except Silence as silence:
        raise TryLater(LONG_ENOUGH, everywhere=silence.unsent) from None
    except TROUBLE as trouble:
        raise while_sending(trouble) from None
    if not (room_id := name(answer.get("room_id"))):
        raise TryLater(LONG_ENOUGH)
    room = live.room(room_id)
    furnish(room, live.me, user)
    with contextlib.suppress(*TROUBLE):
        await live.note_direct(room.id, user)
    return room.id


def furnish(room: Room, me: str, user: str) -> None:
    """What the next sync will say of it."""
    room.encrypted, room.made_by, room.made_for = True, me, user
    for who, membership in ((me, "join"), (user, "invite")):
        if who not in room.readers:
            room.note_member(who, {"membership": membership})


def in_private(said: Message) -> Message:
    """Private buttons are answered there by typing: a reaction would travel in clear."""
    rows = (tuple(replace(button, emoji="") if button.private else button for button in row) for row in said.rows)
    return said.with_rows(*rows)
