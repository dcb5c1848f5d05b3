"""The draw as arithmetic on plain values (DESIGN §6, draw-v1): a document, a chance, an order. Pure."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Pool:
    """All that the pool document states."""

    number: int
    room: str  # label of the chat
    role: str
    seats: int
    source: str  # "hat: <SHA-256 of the secret>", or "beacon: drand:<chain>:<round>"
    frozen_at: datetime
    labels: tuple[str, ...]
    more: tuple[str, ...] = ()  # what else the order is to depend on, a line each


def commitment(secret: bytes) -> str:
    """What is posted before anybody shakes: hex SHA-256 of the secret."""
    return hashlib.sha256(secret).hexdigest()


def chance(secret: bytes, shakes: Sequence[str]) -> bytes:
    """SHA-256(secret ‖ shakes): how many, then each shaker's label, in order, each ended by a line feed.

    The number comes first so that a draw which nobody shook does not have its commitment for its chance: everybody
    would know the outcome beforehand. A digit also rules out extending the commitment's own hash.
    """
    lines = "".join(f"{line}\n" for line in (str(len(shakes)), *shakes))
    return hashlib.sha256(secret + lines.encode("ascii")).digest()


def beacon_chance(signature: bytes) -> bytes:
    """Of a draw by the beacon: the SHA-256 of its round's signature, as relays give it, too."""
    return hashlib.sha256(signature).digest()


def pool_document(pool: Pool) -> str:
    """The document whose SHA-256 is posted before the chance exists: ASCII, one label a line, LF."""
    lines = [
        "draw-v1",
        f"id: D-{pool.number}",
        f"room: {pool.room}",
        f"role: {quote(pool.role, safe=' ')}",
        f"seats: {pool.seats}",
        pool.source,
        f"frozen: {pool.frozen_at:%Y-%m-%dT%H:%M:%SZ}",
        *pool.more,
        f"pool: {len(pool.labels)}",
        "---",
        *sorted(pool.labels),
    ]
    return "".join(f"{line}\n" for line in lines)


def fingerprint(document: str) -> str:
    return hashlib.sha256(document.encode("ascii")).hexdigest()


def key(document: str, drawn_chance: bytes) -> bytes:
    """From which each label's place is expanded: HKDF-Extract (RFC 5869) with SHA-256, the document's hash as salt."""
    return hmac.digest(hashlib.sha256(document.encode("ascii")).digest(), drawn_chance, "sha256")


def order(document: str, drawn_chance: bytes) -> list[str]:
    """The labels of the pool document in drawn order: by what HKDF-Expand makes of each."""
    _, _, labels = document.partition("\n---\n")
    prk = key(document, drawn_chance)
    return sorted(labels.split(), key=lambda label: hmac.digest(prk, label.encode("ascii") + b"\x01", "sha256"))


def receipt(document: str, secret: bytes, shakes: Sequence[str]) -> str:
    """All that is needed to check the draw offline, after the pool document itself."""
    shaken = [f"shake {label}" for label in shakes]
    return receipt_with(document, chance(secret, shakes), [f"secret: {secret.hex()}", *shaken])


def beacon_receipt(document: str, signature: bytes, look_up: str) -> str:
    """The same for a draw by the beacon; `look_up`: where anybody finds the signature."""
    return receipt_with(document, beacon_chance(signature), [f"signature: {signature.hex()}", f"look-up: {look_up}"])


def receipt_with(document: str, drawn: bytes, origin: Sequence[str]) -> str:
    lines = [
        "--- receipt",
        f"pool-sha256: {fingerprint(document)}",
        *origin,
        f"chance: {drawn.hex()}",
        f"order: {' > '.join(order(document, drawn))}",
    ]
    return document + "".join(f"{line}\n" for line in lines)
