"""The bot's own identity: three signing keys published once, and its device signed with them, so that clients trust it."""

import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import vodozemac
from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa

from adapters.matrix.cipher import Cipher, decoded_length, is_key
from adapters.matrix.errors import Refusal
from adapters.matrix.files import read_json, write_private
from adapters.matrix.parsing import Event, branch
from adapters.matrix.web import CLIENT, Homeserver

FILE = "identity.json"
USAGES = ("master", "self_signing", "user_signing")
Outcome = Literal["signed", "password needed", "refused"]


@dataclass(frozen=True)
class SigningKey:
    """An Ed25519 key; what it makes is in unpadded base64."""

    seed: bytes

    @property
    def public(self) -> str:
        return unpadded(ECC.construct(curve="Ed25519", seed=self.seed).public_key().export_key(format="raw"))

    def sign(self, body: Event) -> str:
        return unpadded(eddsa.new(ECC.construct(curve="Ed25519", seed=self.seed), "rfc8032").sign(canonical(body)))


@dataclass(frozen=True)
class Identity:
    user_id: str
    keys: dict[str, SigningKey]

    def published(self, usage: str) -> Event:
        """One of the three keys as others see it, the lower two signed by the master key."""
        key, master = self.keys[usage].public, self.keys["master"]
        body = {"user_id": self.user_id, "usage": [usage], "keys": {f"ed25519:{key}": key}}
        return body if usage == "master" else body | self.signature(master, body)

    def signature(self, key: SigningKey, body: Event) -> Event:
        return {"signatures": {self.user_id: {f"ed25519:{key.public}": key.sign(body)}}}


async def ensure(server: Homeserver, cipher: Cipher, folder: Path, password: str | None) -> Outcome:
    """Publish the identity if it is not there, sign this device with it if it is not signed. Raises Trouble."""
    known = await server.post(f"{CLIENT}/keys/query", {"device_keys": {cipher.user_id: []}})
    if is_signed(known, cipher.user_id, cipher.device_id):
        return "signed"
    identity = load(folder, cipher.user_id)
    if published_key(known, cipher.user_id, "self_signing") != identity.keys["self_signing"].public:
        try:
            await publish(server, identity, password)
        except Refusal as no:
            if no.status == 401 and not no.token_gone:
                return "password needed" if password is None else "refused"
            raise
    await sign_device(server, cipher, identity, branch(known, "device_keys", cipher.user_id, cipher.device_id))
    return "signed"


def is_signed(known: Event, user_id: str, device_id: str) -> bool:
    """Says whether the published self-signing key has signed this device."""
    key = published_key(known, user_id, "self_signing")
    device = branch(known, "device_keys", user_id, device_id)
    return is_signed_by(key, device, branch(device, "signatures", user_id).get(f"ed25519:{key}"))


def is_ours(known: Event, user_id: str, device_id: str, key: str) -> bool:
    """Says whether the homeserver knows this device by the key that we keep."""
    return branch(known, "device_keys", user_id, device_id, "keys").get(f"ed25519:{device_id}") == key


def is_signed_by(key: str, body: Event, signature: Any) -> bool:
    if not is_key(key) or decoded_length(signature) != 64:
        return False
    try:
        public = vodozemac.Ed25519PublicKey.from_base64(key)
        public.verify_signature(canonical(body), vodozemac.Ed25519Signature.from_base64(signature))
    except vodozemac.SignatureException:
        return False
    return True


def published_key(known: Event, user_id: str, usage: str) -> str:
    keys = branch(known, f"{usage}_keys", user_id, "keys")
    return next((key for key in keys.values() if isinstance(key, str)), "")


async def publish(server: Homeserver, identity: Identity, password: str | None) -> None:
    body = {f"{usage}_key": identity.published(usage) for usage in USAGES}
    await with_password(server, f"{CLIENT}/keys/device_signing/upload", body, identity.user_id, password)


async def sign_device(server: Homeserver, cipher: Cipher, identity: Identity, device: Event) -> None:
    """The self-signing key signs the device, and the device the master key."""
    signer, master = identity.keys["self_signing"], identity.published("master")
    bare = {name: device[name] for name in ("algorithms", "device_id", "keys", "user_id")}
    by_device = {f"ed25519:{cipher.device_id}": cipher.olm.sign_json(master)}
    signed = {
        cipher.device_id: bare | identity.signature(signer, bare),
        identity.keys["master"].public: master | {"signatures": {cipher.user_id: by_device}},
    }
    await server.post(f"{CLIENT}/keys/signatures/upload", {cipher.user_id: signed})


async def with_password(server: Homeserver, path: str, body: Event, user_id: str, password: str | None) -> Event:
    """Ask; if the homeserver wants to know that it is really us, ask again with the password."""
    try:
        return await server.post(path, body)
    except Refusal as no:
        session = branch(no.told).get("session")
        if no.status != 401 or password is None or not isinstance(session, str):
            raise
    who = {"type": "m.id.user", "user": user_id}
    proof = {"type": "m.login.password", "identifier": who, "password": password, "session": session}
    return await server.post(path, body | {"auth": proof})


def load(folder: Path, user_id: str) -> Identity:
    """The identity kept in the folder; a new one is made and kept before anybody hears of it."""
    kept = read_json(folder / FILE)
    if kept.get("user_id") != user_id or not all(is_key(kept.get(usage)) for usage in USAGES):
        kept = {"user_id": user_id} | {usage: unpadded(os.urandom(32)) for usage in USAGES}
        write_private(folder / FILE, json.dumps(kept))
    return Identity(user_id, {usage: SigningKey(base64.b64decode(kept[usage] + "=")) for usage in USAGES})


def canonical(body: Event) -> bytes:
    """What is signed: without signatures and what the server adds, keys sorted, no spaces."""
    bare = {name: value for name, value in body.items() if name not in ("signatures", "unsigned")}
    return json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def unpadded(content: bytes) -> str:
    return base64.b64encode(content).decode().rstrip("=")
