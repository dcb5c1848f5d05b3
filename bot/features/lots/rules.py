"""The draw as arithmetic on plain values (DESIGN §6, draw-v1): a document, a chance, an order."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from bot.refusal import Refused

MOST_SEATS = 30  # each is asked on a line of the result
ROLE_LIMIT = 64  # characters
BECAUSE = re.compile(r"(?:^|\s)because\s+(.+)$", re.IGNORECASE | re.DOTALL)
NUMBERLIKE = re.compile(r"[-+−]?[\d.,/_]+%?|[-+]?(?:nan|snan|inf|infinity)|[-+]?\d[\d.]*e[-+]?\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What `/draw note taker 2 because Ben moved` asks for."""

    role: str
    seats: int
    reason: str


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


def read_request(text: str) -> Asked:
    """Refused: no role, or a number of seats that is none."""
    reason = BECAUSE.search(text)
    words = (text[: reason.start()] if reason else text).split()
    seats = read_seats(words.pop()) if len(words) > 1 and NUMBERLIKE.fullmatch(words[-1]) else 1
    role = " ".join(words)
    if not role or NUMBERLIKE.fullmatch(role):
        raise Refused("role missing")
    if len(role) > ROLE_LIMIT:
        raise Refused("role too long", limit=ROLE_LIMIT)
    return Asked(role, seats, reason[1].strip() if reason else "")


def read_seats(word: str) -> int:
    if not word.isdecimal() or not 1 <= len(word) <= 6 or int(word) < 1:
        raise Refused("seats not a number")
    return int(word)


def check_pool(in_hat: int, seats: int) -> None:
    if in_hat == 0:
        raise Refused("hat empty")
    if seats > in_hat:
        raise Refused("too many seats", seats=seats, in_hat=in_hat)
    if seats > MOST_SEATS:
        raise Refused("too many for one", most=MOST_SEATS)


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
        f"pool: {len(pool.labels)}",
        "---",
        *sorted(pool.labels),
    ]
    return "".join(f"{line}\n" for line in lines)


def fingerprint(document: str) -> str:
    return hashlib.sha256(document.encode("ascii")).hexdigest()


def order(document: str, drawn_chance: bytes) -> list[str]:
    """The labels of the pool document in drawn order: HKDF (RFC 5869) with SHA-256, the document's hash as salt."""
    _, _, labels = document.partition("\n---\n")
    prk = hmac.digest(hashlib.sha256(document.encode("ascii")).digest(), drawn_chance, "sha256")
    return sorted(labels.split(), key=lambda label: hmac.digest(prk, label.encode("ascii") + b"\x01", "sha256"))


def receipt(document: str, secret: bytes, shakes: Sequence[str]) -> str:
    """All that is needed to check the draw offline, after the pool document itself."""
    drawn = chance(secret, shakes)
    lines = [
        "--- receipt",
        f"pool-sha256: {fingerprint(document)}",
        f"secret: {secret.hex()}",
        *(f"shake {label}" for label in shakes),
        f"chance: {drawn.hex()}",
        f"order: {' > '.join(order(document, drawn))}",
    ]
    return document + "".join(f"{line}\n" for line in lines)


def read_number(text: str) -> int | None:
    """17 from `D-17`, `d17` or `17`; None for nothing; Refused for anything else."""
    match = re.fullmatch(r"(?:[dD]-?)?(\d{1,9})", text.strip(), re.ASCII)
    if match is None and text.strip():
        raise Refused("no such draw")
    return int(match[1]) if match else None


def next_in_order(answers: Sequence[tuple[str, bool]]) -> int | None:
    """Of (answer, still on the roll) in drawn order: the index of the first reserve who can be asked."""
    for place, (answer, on_roll) in enumerate(answers):
        if answer == "reserve" and on_roll:
            return place
    return None
