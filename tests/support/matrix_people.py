"""People with Matrix clients of their own: they make rooms, say things, react, and read what a room shows.

Nothing here comes from the adapter: plain rooms are plain HTTP, encrypted rooms go through an ordinary nio client.
"""

import asyncio
import json
import re
import secrets
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp
import nio
from nio.store import SqliteMemoryStore

from tests.support.synapse import Account, Synapse

Event = dict[str, Any]
LEGEND = re.compile(r"^(?P<emoji>\S+) (?P<number>\d+) · (?P<label>.+)$", re.M)


class Failed(Exception):
    """The homeserver said no."""

    def __init__(self, status: int, errcode: str) -> None:
        super().__init__(f"{status} {errcode}")
        self.status, self.errcode = status, errcode


@dataclass
class Shown:
    """One message as a client shows it now: edits applied, reactions counted."""

    id: str
    sender: str
    content: Event
    kind: str = "m.room.message"
    encrypted: bool = False
    reactions: dict[str, set[str]] = field(default_factory=dict)
    edited: int = 0

    @property
    def body(self) -> str:
        return str(self.content.get("body", ""))

    @property
    def buttons(self) -> dict[str, str]:
        """Label -> emoji, as the message's own text says."""
        return {found["label"]: found["emoji"] for found in LEGEND.finditer(self.body)}


class Person:
    """Somebody in plain rooms."""

    def __init__(self, account: Account, name: str, token: str, session: aiohttp.ClientSession) -> None:
        self.account, self.name, self.token, self.session = account, name, token, session
        self.device_id = ""

    @property
    def id(self) -> str:
        return self.account.user_id

    async def asks(self, method: str, path: str, body: Any = None, **query: str) -> Event:
        headers = {"Authorization": f"Bearer {self.token}"}
        url = self.account.homeserver + path
        async with self.session.request(method, url, json=body, params=query, headers=headers) as answer:
            said: Event = await answer.json()
            if answer.status >= 300:
                raise Failed(answer.status, str(said.get("errcode")))
            return said

    async def creates_room(
        self, title: str = "Moot", *, encrypted: bool = False, invite: Sequence[Any] = (), direct: bool = False, **more: Any
    ) -> str:
        cipher = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
        body = {
            "name": title,
            "preset": "private_chat",
            "invite": [id_of(guest) for guest in invite],
            "is_direct": direct,
            "initial_state": [cipher] if encrypted else [],
        }
        return str((await self.asks("POST", "/_matrix/client/v3/createRoom", body | more))["room_id"])

    async def invites(self, room: str, guest: Any) -> None:
        await self.asks("POST", in_room(room, "invite"), {"user_id": id_of(guest)})

    async def joins(self, room: str) -> None:
        await self.asks("POST", in_room(room, "join"), {})

    async def leaves(self, room: str) -> None:
        await self.asks("POST", in_room(room, "leave"), {})

    async def kicks(self, room: str, other: Any) -> None:
        await self.asks("POST", in_room(room, "kick"), {"user_id": id_of(other)})

    async def bans(self, room: str, other: Any) -> None:
        await self.asks("POST", in_room(room, "ban"), {"user_id": id_of(other)})

    async def unbans(self, room: str, other: Any) -> None:
        await self.asks("POST", in_room(room, "unban"), {"user_id": id_of(other)})

    async def sets(self, room: str, kind: str, content: Event, state_key: str = "") -> str:
        """Send state."""
        path = in_room(room, f"state/{kind}/{quote(state_key, safe='')}")
        return str((await self.asks("PUT", path, content))["event_id"])

    async def sends(self, room: str, kind: str, content: Event) -> str:
        path = in_room(room, f"send/{kind}/{secrets.token_hex(8)}")
        return str((await self.asks("PUT", path, content))["event_id"])

    async def says(self, room: str, text: str, **more: Any) -> str:
        return await self.sends(room, "m.room.message", {"msgtype": "m.text", "body": text} | more)

    async def replies(self, room: str, message: "Shown | str", text: str, **more: Any) -> str:
        return await self.says(room, text, **{"m.relates_to": {"m.in_reply_to": {"event_id": id_of(message)}}} | more)

    async def reacts(self, room: str, message: "Shown | str", key: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": id_of(message), "key": key}
        return await self.sends(room, "m.reaction", {"m.relates_to": relation})

    async def taps(self, room: str, message: Shown, label: str) -> str:
        """React with the emoji that the message's text gives to the button of that label."""
        return await self.reacts(room, message, message.buttons[label])

    async def redacts(self, room: str, message: "Shown | str") -> str:
        path = in_room(room, f"redact/{quote(id_of(message), safe='')}/{secrets.token_hex(8)}")
        return str((await self.asks("PUT", path, {}))["event_id"])

    async def edits(self, room: str, message: "Shown | str", text: str) -> str:
        new = {"msgtype": "m.text", "body": text}
        relation = {"rel_type": "m.replace", "event_id": id_of(message)}
        return await self.sends(room, "m.room.message", new | {"body": f"* {text}", "m.new_content": new, "m.relates_to": relation})

    async def timeline(self, room: str) -> list[Event]:
        """Every event of the room that this person may see, oldest first."""
        events: list[Event] = []
        query = {"dir": "b", "limit": "500"}
        while True:
            page = await self.asks("GET", in_room(room, "messages"), **query)
            events += page["chunk"]
            if "end" not in page:
                return events[::-1]
            query["from"] = page["end"]

    async def reads(self, room: str) -> list[Shown]:
        """The messages that the room shows now, oldest first."""
        return shown(await self.timeline(room))

    async def sees(self, room: str, what: str | Callable[[Shown], Any], limit: float = 30) -> Shown:
        """Wait until the room shows a message with these words (or one that passes), and return the latest such."""
        passes = what if callable(what) else lambda message: what in message.body
        latest: list[Shown] = []
        async with asyncio.timeout(limit):
            while not latest:
                latest = [message for message in await self.reads(room) if passes(message)]
                await asyncio.sleep(0 if latest else 0.03)
        return latest[-1]


class EncryptedPerson(Person):
    """Somebody with end-to-end encryption: what they say and read in an encrypted room goes through nio."""

    nio: nio.AsyncClient
    since: str | None = None
    asks_for_devices = True  # a plain nio client breaks over broken keys

    async def catches_up(self) -> None:
        """Take in keys and members, and publish one's own keys."""
        answer = await self.nio.sync(timeout=0, full_state=self.since is None, since=self.since)
        assert isinstance(answer, nio.SyncResponse), answer
        self.since = answer.next_batch
        if self.nio.should_upload_keys:
            await self.nio.keys_upload()
        if self.nio.should_query_keys and self.asks_for_devices:
            await self.nio.keys_query()
        await self.nio.send_to_device_messages()

    async def sends(self, room: str, kind: str, content: Event) -> str:
        await self.catches_up()
        if room not in self.nio.rooms or not self.nio.rooms[room].encrypted:
            return await super().sends(room, kind, content)
        answer = await self.nio.room_send(room, kind, content, ignore_unverified_devices=True)
        assert isinstance(answer, nio.RoomSendResponse), answer
        return str(answer.event_id)

    async def says_without_key(self, room: str, text: str, without: Any) -> Event:
        """Say something whose room key `without` is not sent yet; returns the key messages for `sends_keys`."""
        await self.catches_up()
        olm, others = self.nio.olm, [user for user in self.nio.rooms[room].users if user != id_of(without)]
        if missing := self.nio.get_missing_sessions(room):
            await self.nio.keys_claim(missing)
        self.nio.invalidate_outbound_session(room)
        list(olm.share_group_session_parallel(room, others, ignore_unverified_devices=True))
        [(_, keys)] = olm.share_group_session_parallel(room, [id_of(without)], ignore_unverified_devices=True)
        olm.outbound_group_sessions[room].shared = True
        await self.sends_payload(room, {"type": "m.room.message", "content": {"msgtype": "m.text", "body": text}})
        return dict(keys)

    async def sends_keys(self, keys: Event) -> None:
        await self.asks("PUT", f"/_matrix/client/v3/sendToDevice/m.room.encrypted/{secrets.token_hex(8)}", keys)

    async def sends_payload(self, room: str, payload: Any, **outside: Any) -> str:
        """Encrypt anything at all, text as it is, with the room's key, which has been shared."""
        olm = self.nio.olm
        session = olm.outbound_group_sessions[room]
        plaintext = payload if isinstance(payload, str) else json.dumps({"room_id": room} | payload)
        hidden = {
            "algorithm": "m.megolm.v1.aes-sha2",
            "sender_key": olm.account.identity_keys["curve25519"],
            "ciphertext": session.encrypt(plaintext),
            "session_id": session.id,
            "device_id": self.device_id,
        }
        return await Person.sends(self, room, "m.room.encrypted", hidden | outside)

    async def timeline(self, room: str) -> list[Event]:
        await self.catches_up()
        return [self.decrypted(room, event) for event in await super().timeline(room)]

    def decrypted(self, room: str, event: Event) -> Event:
        parsed = nio.Event.parse_event(event)
        if not isinstance(parsed, nio.MegolmEvent):
            return event
        try:
            read = self.nio.olm.decrypt_megolm_event(parsed, room)
        except nio.EncryptionError:
            return event
        return event | {"type": read.source["type"], "content": read.source["content"], "encrypted": True}


def id_of(named: Any) -> str:
    """An id itself, or the id of whatever has one."""
    return str(getattr(named, "user_id", None) or getattr(named, "id", None) or named)


def in_room(room: str, what: str) -> str:
    return f"/_matrix/client/v3/rooms/{quote(room, safe='')}/{what}"


def shown(events: Iterable[Event]) -> list[Shown]:
    """What a client makes of a timeline: edits by their authors in place, reactions under their messages, redactions gone."""
    messages: dict[str, Shown] = {}
    for event in events:
        content, relation = event["content"], event["content"].get("m.relates_to", {})
        target = messages.get(relation.get("event_id", ""))
        if event["type"] == "m.reaction" and target:
            target.reactions.setdefault(relation["key"], set()).add(event["sender"])
        elif relation.get("rel_type") == "m.replace":
            if target and target.sender == event["sender"]:
                target.content, target.edited = content["m.new_content"], target.edited + 1
        elif event["type"] in ("m.room.message", "m.room.encrypted") and content:
            messages[event["event_id"]] = Shown(
                event["event_id"], event["sender"], content, event["type"], bool(event.get("encrypted"))
            )
    return list(messages.values())


@asynccontextmanager
async def person(synapse: Synapse, name: str = "Anna", account: Account | None = None) -> AsyncIterator[Person]:
    """Somebody who has logged in, for plain rooms."""
    async with aiohttp.ClientSession() as session:
        who = Person(account or synapse.register(), name, "", session)
        await logs_in(who)
        yield who


@asynccontextmanager
async def encrypted_person(synapse: Synapse, name: str = "Anna", account: Account | None = None) -> AsyncIterator[EncryptedPerson]:
    """Somebody who has logged in with a device that can encrypt, its keys published."""
    async with aiohttp.ClientSession() as session:
        who = EncryptedPerson(account or synapse.register(), name, "", session)
        await logs_in(who)
        config = nio.AsyncClientConfig(store=SqliteMemoryStore, max_timeouts=2, max_limit_exceeded=2)
        who.nio = nio.AsyncClient(who.account.homeserver, who.id, config=config)
        who.nio.restore_login(who.id, who.device_id, who.token)
        try:
            await who.catches_up()
            yield who
        finally:
            await who.nio.close()
            who.nio.store.database.close()


async def logs_in(who: Person) -> None:
    identifier = {"type": "m.id.user", "user": who.id}
    body = {"type": "m.login.password", "identifier": identifier, "password": who.account.password}
    answer = await who.asks("POST", "/_matrix/client/v3/login", body)
    who.token, who.device_id = answer["access_token"], answer["device_id"]
    await who.asks("PUT", f"/_matrix/client/v3/profile/{quote(who.id, safe='')}/displayname", {"displayname": who.name})
