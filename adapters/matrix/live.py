"""All that a running Matrix connection knows, shared by listening and delivering."""

import asyncio
from dataclasses import dataclass, field
from urllib.parse import quote

from adapters.matrix.cipher import Cipher
from adapters.matrix.errors import Refusal
from adapters.matrix.incoming import Scene
from adapters.matrix.keys import Keys
from adapters.matrix.login import Connection
from adapters.matrix.memory import Memory
from adapters.matrix.parsing import Event
from adapters.matrix.rooms import Room
from adapters.matrix.web import CLIENT, Homeserver

DIRECT = "m.direct"


@dataclass(frozen=True, slots=True)
class Companion:
    """A native poll beside a board: its answers' ids and faces."""

    event_id: str
    answers: tuple[tuple[str, str], ...]


@dataclass
class Live:
    server: Homeserver
    cipher: Cipher
    keys: Keys
    rooms: dict[str, Room] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    direct: set[str] = field(default_factory=set)  # rooms to which the bot was invited for a talk of two
    polls: dict[str, Companion] = field(default_factory=dict)  # by the board's event
    known_boards: set[str] = field(default_factory=set)  # of which we know whether a poll stands beside them
    synced: asyncio.Event = field(default_factory=asyncio.Event)  # the rooms are known

    @classmethod
    def over(cls, connection: Connection, synced: asyncio.Event) -> "Live":
        rooms: dict[str, Room] = {}
        keys = Keys(connection.cipher, connection.server, rooms)
        return cls(connection.server, connection.cipher, keys, rooms, synced=synced)

    @property
    def me(self) -> str:
        return self.cipher.user_id

    def room(self, room_id: str) -> Room:
        """The room's entry, made at need."""
        room = self.rooms.setdefault(room_id, Room(room_id))
        room.direct = room_id in self.direct
        return room

    def scene(self, room: Room) -> Scene:
        return Scene(self.me, room, self.memory)

    async def learn_direct(self) -> None:
        for listed in (await self.account_data()).values():
            self.direct |= {room for room in listed if isinstance(room, str)} if isinstance(listed, list) else set()

    async def note_direct(self, room_id: str, with_whom: str) -> None:
        """Keep it with the homeserver, as clients do."""
        kept = await self.account_data()
        rooms = kept.get(with_whom)
        told = kept | {with_whom: [*(rooms if isinstance(rooms, list) else []), room_id]}
        await self.server.put(f"{CLIENT}/user/{quote(self.me, safe='')}/account_data/{DIRECT}", told)

    async def account_data(self) -> Event:
        try:
            return await self.server.get(f"{CLIENT}/user/{quote(self.me, safe='')}/account_data/{DIRECT}")
        except Refusal as no:
            if no.status != 404:
                raise
            return {}
