"""The bot's end of the encryption: nio's Olm account, handed only what has been looked at before, so that nothing wedges it."""

import base64
import binascii
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee
import vodozemac
from nio.crypto import Olm
from nio.events.to_device import OlmEvent
from nio.store import SqliteStore

from adapters.matrix.parsing import Event, branch, branches, loads, name, person

log = logging.getLogger(__name__)
OLM, MEGOLM = "m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"
STORE = "keys.db"
REMEMBERED = 100_000  # message indices, against replays
NEVER_ENCRYPTED = frozenset({"m.room.member", "m.room.power_levels", "m.room.encryption", "m.room.redaction", "m.room.create"})

for outspoken in ("nio.events.misc", "nio.responses", "nio.crypto.log", "nio.store.log"):
    logging.getLogger(outspoken).setLevel(logging.CRITICAL)  # their warnings quote what was sent
logging.getLogger("peewee").setLevel(logging.WARNING)  # it tells keys when asked for details


class StoreUnreadable(Exception):
    """The key store does not open with our key, or is no key store any more."""


class KeyMissing(Exception):
    """The room key for this event has not come, or not yet."""


class Rejected(Exception):
    """An encrypted event that nobody should believe; the text says why in one word."""


@contextmanager
def reading_the_store() -> Iterator[None]:
    """What a store raises that is none of ours; one that is only busy or full is left to the caller."""
    try:
        yield
    except peewee.OperationalError:
        raise
    except (peewee.DatabaseError, vodozemac.PickleException, vodozemac.LibolmPickleException):
        raise StoreUnreadable from None


def kept_identity(user_id: str, device_id: str, folder: Path, pickle_key: str) -> dict[str, str]:
    """The public keys of a device whose account is kept; empty if it is not."""
    with reading_the_store():
        store = SqliteStore(user_id, device_id, str(folder), pickle_key, STORE)
        account = store.load_account()
        store.database.close()
    return dict(account.identity_keys) if account else {}


class Cipher:
    """Reads what is encrypted to this device. Never raises out of `hear`."""

    def __init__(self, user_id: str, device_id: str, folder: Path, pickle_key: str) -> None:
        with reading_the_store():
            self.store = SqliteStore(user_id, device_id, str(folder), pickle_key, STORE)
            self.olm = Olm(user_id, device_id, self.store)
        self.user_id, self.device_id = user_id, device_id
        self.seen: OrderedDict[tuple[str, str, int], str] = OrderedDict()
        self.wants_fallback = not self.olm.account.shared

    def close(self) -> None:
        self.store.database.close()

    @property
    def identity(self) -> dict[str, str]:
        """Algorithm -> this device's public key."""
        return dict(self.olm.account.identity_keys)

    def absorb(self, sync: Event) -> None:
        """Key counts, changed devices and to-device messages of one sync answer."""
        counts, unused = sync.get("device_one_time_keys_count"), sync.get("device_unused_fallback_key_types")
        if isinstance(counts, dict):
            count = counts.get("signed_curve25519", 0)
            self.olm.uploaded_key_count = count if isinstance(count, int) else 0
        self.wants_fallback = isinstance(unused, list) and "signed_curve25519" not in unused
        self.note_devices(branch(sync, "device_lists"))
        for letter in branches(sync, "to_device", "events"):
            self.hear(letter)

    def note_devices(self, lists: Event) -> None:
        for user in filter(None, map(person, listed(lists.get("changed")))):
            if user in self.olm.tracked_users:
                self.olm.users_for_key_query.add(user)
        self.olm.tracked_users -= set(map(person, listed(lists.get("left"))))

    def track(self, users: set[str]) -> None:
        """Know the devices of these from now on."""
        self.olm.users_for_key_query |= users - self.olm.tracked_users

    def hear(self, letter: Event) -> None:
        """One to-device message: a room key, or something to ignore."""
        content, sender = branch(letter, "content"), person(letter.get("sender"))
        mine = branch(content, "ciphertext", self.identity["curve25519"])
        sound = letter.get("type") == "m.room.encrypted" and content.get("algorithm") == OLM and sender
        if not sound or not is_key(content.get("sender_key")) or not isinstance(mine.get("body"), str):
            return
        sealed = OlmEvent(letter, sender, content["sender_key"], {self.identity["curve25519"]: mine})
        guarded(lambda: self.olm.handle_to_device_event(sealed), "to-device message")

    def read(self, room: str, event: Event) -> Event:
        """The event with the type and content that were encrypted. Raises KeyMissing, Rejected."""
        content, sender = branch(event, "content"), person(event.get("sender"))
        key, ciphertext = name(content.get("session_id")), content.get("ciphertext")
        if content.get("algorithm") != MEGOLM or not key or not isinstance(ciphertext, str) or content.get("sender_key") == "":
            raise Rejected("Malformed")
        session = self.session(room, key, sender)
        plaintext, index = decrypted(session, ciphertext)
        self.refuse_replay((session.sender_key, key, index), name(event.get("event_id")))
        return event | payload(room, plaintext, content.get("m.relates_to"))

    def has_key(self, room: str, event: Event) -> bool:
        key = name(branch(event, "content").get("session_id"))
        return any(key in sessions for sessions in self.olm.inbound_group_store[room].values())

    def session(self, room: str, key: str, sender: str) -> Any:
        """The room key of that name that came from a device of the sender's, as far as we know whose device it is."""
        named = [sessions[key] for sessions in self.olm.inbound_group_store[room].values() if key in sessions]
        if not named:
            raise KeyMissing
        theirs = [session for session in named if self.owner(session.sender_key, sender) == sender]
        if not theirs:
            raise Rejected("AnotherSender")
        return theirs[0]

    def owner(self, sender_key: str, likely: str) -> str:
        """Whose device that is: `likely` unless we know better."""
        if any(device.curve25519 == sender_key for device in self.olm.device_store[likely].values()):
            return likely
        return next((device.user_id for device in self.olm.device_store if device.curve25519 == sender_key), likely)

    def refuse_replay(self, place: tuple[str, str, int], event_id: str) -> None:
        if self.seen.setdefault(place, event_id) != event_id:
            raise Rejected("Replay")
        if len(self.seen) > REMEMBERED:
            self.seen.popitem(last=False)


def decrypted(session: Any, ciphertext: str) -> tuple[str, int]:
    try:
        plaintext, index = session.decrypt(ciphertext)
    except vodozemac.MegolmDecryptionException:
        raise KeyMissing from None
    except (vodozemac.DecodeException, ValueError):
        raise Rejected("Malformed") from None
    return plaintext, index


def payload(room: str, plaintext: str, relation: Any) -> Event:
    """Type and content of what was encrypted, for this room and no other."""
    try:
        said = loads(plaintext)
    except (ValueError, RecursionError):
        raise Rejected("NotJson") from None
    content = said.get("content") if isinstance(said, dict) else None
    if not isinstance(content, dict) or not isinstance(said.get("type"), str):
        raise Rejected("Malformed")
    if said.get("room_id") != room:
        raise Rejected("AnotherRoom")
    if "state_key" in said or said["type"] in NEVER_ENCRYPTED:
        raise Rejected("StateInPayload")
    if relation is not None and content.setdefault("m.relates_to", relation) != relation:
        raise Rejected("TwoRelations")
    return {"type": said["type"], "content": content}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def is_key(text: Any) -> bool:
    """Says whether this is the unpadded base64 of 32 bytes. vodozemac panics over a longer Ed25519 key."""
    return decoded_length(text) == 32


def decoded_length(text: Any) -> int:
    """Bytes in this base64; -1 if it is none."""
    if not isinstance(text, str) or len(text) > 500:
        return -1
    try:
        return len(base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), validate=True))
    except (binascii.Error, ValueError):
        return -1


def guarded(work: Callable[[], Any], what: str) -> None:
    """Do it; whatever is raised over a stranger's bytes is noted by its kind and dropped."""
    try:
        work()
    except (KeyboardInterrupt, SystemExit, peewee.OperationalError):
        raise
    except BaseException as fault:
        log.warning("quarantined", extra={"what": what, "fault": type(fault).__name__})
