"""Keeping keys in order with the homeserver: ours published, others' known, room keys with everybody who may read along."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import uuid4

from nio.responses import KeysClaimResponse, KeysQueryResponse, KeysUploadResponse

from adapters.matrix.cipher import Cipher, decoded_length, guarded, is_key
from adapters.matrix.parsing import Event, branch
from adapters.matrix.rooms import Room
from adapters.matrix.web import CLIENT, Homeserver

log = logging.getLogger(__name__)
AGAIN_AFTER = 60.0  # seconds until a server or device that did not answer is asked again
REMOTE_PATIENCE = 5_000  # milliseconds that our homeserver may wait for others
MOST_TRIES = 5


class Keys:
    """What is asked about keys, one question of a kind at a time; `rooms` is the register that listening keeps."""

    def __init__(self, cipher: Cipher, server: Homeserver, rooms: Mapping[str, Room]) -> None:
        self.cipher, self.server, self.rooms, self.olm = cipher, server, rooms, cipher.olm
        self.asking = asyncio.Lock()
        self.sharing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)  # by room
        self.unreached: set[str] = set()
        self.ask_again_at = 0.0
        self.epochs: dict[str, int] = {}  # room -> for which of its epochs the room key in use was made
        self.lacking_until: defaultdict[str, float] = defaultdict(lambda: float("inf"))

    async def keep_up(self) -> None:
        """After each sync: what can be done now; trouble waits for the next time."""
        try:
            await self.publish()
            await self.learn_devices()
            await self.ask_again()
            await self.mend_sessions()
        except Exception as fault:
            log.warning("keys not kept up", extra={"fault": type(fault).__name__})

    async def publish(self) -> None:
        """Our device and one-time keys; saved before they are sent, so that a crash loses no private half."""
        body = self.olm.share_keys() if self.olm.should_upload_keys else {}
        body |= self.fallback_key() if self.cipher.wants_fallback else {}
        if not body:
            return
        self.olm.save_account()
        answer = await self.server.post(f"{CLIENT}/keys/upload", body)
        count = branch(answer, "one_time_key_counts").get("signed_curve25519", 0)
        self.olm.handle_response(KeysUploadResponse(0, count if isinstance(count, int) else 0))
        self.cipher.wants_fallback = False

    def fallback_key(self) -> Event:
        """For those who come when all one-time keys are used up."""
        account = self.olm.account._account
        account.generate_fallback_key()
        return {"fallback_keys": {f"signed_curve25519:{key_id}": self.signed(key) for key_id, key in account.fallback_key.items()}}

    def signed(self, key: Any) -> Event:
        body = {"key": key.to_base64(), "fallback": True}
        device = f"ed25519:{self.cipher.device_id}"
        return body | {"signatures": {self.cipher.user_id: {device: self.olm.sign_json(body)}}}

    async def learn_devices(self) -> None:
        """Ask for the devices of everybody whose devices are new or have changed."""
        async with self.asking:
            await self.ask_for(sorted(self.olm.users_for_key_query))

    async def ask_again(self) -> None:
        """Those whose homeserver did not answer; nobody's message waits for them."""
        if self.unreached and asyncio.get_running_loop().time() >= self.ask_again_at:
            asked, self.unreached = sorted(self.unreached), set()
            await self.ask_for(asked)

    async def ask_for(self, users: list[str]) -> None:
        if not users:
            return
        body = {"device_keys": {user: [] for user in users}, "timeout": REMOTE_PATIENCE}
        answer = await self.server.post(f"{CLIENT}/keys/query", body)
        known, failed = branch(answer, "device_keys"), branch(answer, "failures").keys()
        for user in users:
            self.learn(user, known.get(user))
        self.olm.users_for_key_query -= set(users)
        self.unreached |= {user for user in users if user not in known and user.partition(":")[2] in failed}
        self.ask_again_at = asyncio.get_running_loop().time() + AGAIN_AFTER

    def learn(self, user: str, devices: Any) -> None:
        if not isinstance(devices, dict):
            return
        sound = {device: keys for device, keys in devices.items() if is_device(user, device, keys)}
        answer = KeysQueryResponse({user: sound}, {})
        guarded(partial(self.olm.handle_response, answer), "device list")
        if answer.changed:
            for room in self.rooms.values():
                room.epoch += user in room.readers

    async def mend_sessions(self) -> None:
        """New Olm sessions with devices whose messages we could not read; each is tried once."""
        wedged = self.olm.get_users_for_key_claiming() if self.olm.wedged_devices else {}
        if wedged:
            await self.claim(wedged)
            self.olm.wedged_devices.clear()
        for message in tuple(self.olm.outgoing_to_device_messages):
            await self.send_to_devices(message.type, message.as_dict())
            self.olm.outgoing_to_device_messages.remove(message)

    async def claim(self, devices: Mapping[str, list[str]]) -> None:
        wanted = {user: dict.fromkeys(ids, "signed_curve25519") for user, ids in devices.items()}
        answer = await self.server.post(f"{CLIENT}/keys/claim", {"one_time_keys": wanted, "timeout": REMOTE_PATIENCE})
        for user, ids in devices.items():
            for device in ids:
                key = branch(answer, "one_time_keys", user, device)
                if is_one_time_key(key):
                    claimed = KeysClaimResponse({user: {device: key}}, {})
                    guarded(partial(self.olm.handle_response, claimed), "one-time key")

    async def share(self, room: Room) -> None:
        """Give the room's key to every device in it, so that the next message can be read by all. Raises Trouble."""
        async with self.sharing[room.id]:
            for _ in range(MOST_TRIES):
                self.cipher.track(room.readers)
                if room.readers & self.olm.users_for_key_query:
                    await self.learn_devices()
                await self.share_once(room)
                if room.epoch == self.epochs[room.id]:
                    return

    async def share_once(self, room: Room) -> None:
        session = self.olm.outbound_group_sessions.get(room.id)
        if session and (session.expired or self.epochs.get(room.id) != room.epoch):
            del self.olm.outbound_group_sessions[room.id]
        elif session and session.shared and not self.someone_lacks(room):
            return
        elif session:
            session.shared = False
        self.epochs[room.id] = room.epoch
        await self.hand_out(room)

    def someone_lacks(self, room: Room) -> bool:
        return asyncio.get_running_loop().time() >= self.lacking_until[room.id]

    async def hand_out(self, room: Room) -> None:
        readers = sorted(room.readers)
        if missing := self.olm.get_missing_sessions(readers):
            await self.claim(missing)
        still_missing = self.olm.get_missing_sessions(readers) if missing else {}
        for devices, body in self.olm.share_group_session_parallel(room.id, readers, True):
            await self.send_to_devices("m.room.encrypted", body)
            self.olm.outbound_group_sessions[room.id].users_shared_with |= devices
        self.olm.outbound_group_sessions[room.id].shared = True
        now = asyncio.get_running_loop().time()
        self.lacking_until[room.id] = now + AGAIN_AFTER if still_missing else float("inf")

    async def send_to_devices(self, kind: str, body: Event) -> None:
        await self.server.put(f"{CLIENT}/sendToDevice/{kind}/{uuid4()}", body)

    def encrypt(self, room: Room, kind: str, content: Event) -> Event:
        """Content for an m.room.encrypted event; `share` has just returned."""
        hidden: Event = self.olm.group_encrypt(room.id, {"type": kind, "content": content})
        return hidden | ({"m.relates_to": content["m.relates_to"]} if "m.relates_to" in content else {})


def is_device(user: str, device: Any, keys: Any) -> bool:
    """Says whether nio can take this device without being led astray."""
    told = branch(keys)
    public = branch(told, "keys")
    signature = branch(told, "signatures", user).get(f"ed25519:{device}")
    named = told.get("user_id") == user and told.get("device_id") == device and isinstance(told.get("unsigned", {}), dict)
    sound = is_key(public.get(f"ed25519:{device}")) and is_key(public.get(f"curve25519:{device}"))
    return named and sound and decoded_length(signature) == 64


def is_one_time_key(keys: Event) -> bool:
    sound = [is_key(branch(key).get("key")) and branch(key, "signatures") for key in keys.values()]
    return len(sound) == 1 and bool(sound[0])
