"""Invitations: followed if the operator allows the inviter, else declined without a word."""

import logging
from collections.abc import Sequence
from functools import partial

from adapters.matrix.background import Background
from adapters.matrix.errors import TROUBLE, Refusal
from adapters.matrix.incoming import origin
from adapters.matrix.live import Live
from adapters.matrix.parsing import Event, branch, branches, dumps, person
from adapters.matrix.rooms import Room, is_about
from adapters.matrix.web import in_room
from bot.chat.incoming import InviteRefused, Received

log = logging.getLogger(__name__)
MOST_TRIES = 20  # looks at the platform during which a join is tried again


class Invites:
    """`inviters` remembers who invited until the join is seen; a join that could not be done now is tried again."""

    def __init__(self, live: Live, allowed: Sequence[str], background: Background) -> None:
        self.live, self.allowed, self.background = live, tuple(allowed), background
        self.inviters: dict[str, str] = {}
        self.pending: dict[str, int] = {}

    async def answer(self, room_id: str, part: Event, since: str) -> Received | None:
        """Join, or decline and say so. Joining twice is harmless."""
        invite = next((event for event in branches(part, "invite_state", "events") if is_about(event, self.live.me, "invite")), {})
        inviter = person(invite.get("sender"))
        if allows(self.allowed, inviter):
            self.inviters[room_id], self.pending[room_id] = inviter, 0
            await self.join(room_id)
            if branch(invite, "content").get("is_direct") is True:
                self.live.direct.add(room_id)
                self.background.start(partial(self.live.note_direct, room_id, inviter))
            return None
        self.background.start(partial(self.live.server.post, in_room(room_id, "leave")))
        refused = InviteRefused(origin(Room(room_id), inviter, inviter))
        return Received((f"invite:{room_id}:{since}"[:255],), dumps({"room_id": room_id, "sender": inviter}), refused)

    async def join_pending(self) -> None:
        for room_id in tuple(self.pending):
            await self.join(room_id)

    async def join(self, room_id: str) -> None:
        self.pending[room_id] += 1
        try:
            await self.live.server.post(in_room(room_id, "join"))
        except TROUBLE as trouble:
            hopeless = isinstance(trouble, Refusal) and not (trouble.busy or trouble.broken)
            if not hopeless and self.pending[room_id] < MOST_TRIES:
                return
            log.warning("an invitation could not be followed", extra={"fault": type(trouble).__name__})
        del self.pending[room_id]


def allows(allowed: Sequence[str], user: str) -> bool:
    """Says whether the list names this user, their server (`*:example.org`), or everybody (`*`)."""
    server = f"*:{user.partition(':')[2]}"
    return bool(user) and any(each in ("*", user, server) for each in allowed)
