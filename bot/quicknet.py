"""The public beacon drand quicknet: which round appears when, and whether a signature is that round's own."""

import hashlib
import importlib.util
import re
from datetime import UTC, datetime, timedelta

CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
GENESIS = datetime(2023, 8, 23, 15, 9, 27, tzinfo=UTC)  # when round 1 appeared
PERIOD = timedelta(seconds=3)
PUBLIC_KEY = bytes.fromhex(  # on G2, compressed
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"  # of the scheme bls-unchained-g1-rfc9380
PLACE = "https://api.drand.sh"  # where anybody can look a round up
LIBRARY, EXTRA = "py_arkworks_bls12381", "py-arkworks-bls12381"  # the module, and the package that brings it
WRITTEN = re.compile(r"(?<![0-9a-f])[0-9a-f]{96}(?![0-9a-f])")


def appears_at(number: int) -> datetime:
    return GENESIS + (number - 1) * PERIOD


def first_from(at: datetime) -> int:
    """The first round that does not appear before this instant."""
    return max(1, 1 - (GENESIS - at) // PERIOD)


def look_up(number: int, relay: str = PLACE) -> str:
    """The address at which a relay shows the round."""
    return f"{relay}/{CHAIN}/public/{number}"


def source(number: int) -> str:
    """The pool document's line that names the round."""
    return f"beacon: drand:{CHAIN}:{number}"


def signature_in(text: str) -> bytes | None:
    """The signature in what a relay answered or a person pasted: the only stretch of exactly 96 hex digits in it."""
    found = set(WRITTEN.findall(text.casefold()))
    return bytes.fromhex(found.pop()) if len(found) == 1 else None


def installed() -> bool:
    """Whether signatures can be checked here."""
    return importlib.util.find_spec(LIBRARY) is not None


def is_signed(number: int, signature: bytes) -> bool:
    """Whether these 48 bytes are the round's signature, to the bit: its point, in the one way of writing it that counts."""
    from py_arkworks_bls12381 import GT, G1Point, G2Point

    try:
        signed = G1Point.from_compressed_bytes(signature)
    except ValueError:
        return False
    asked = G1Point.hash_to_curve(hashlib.sha256(number.to_bytes(8, "big")).digest(), DOMAIN)
    key = G2Point.from_compressed_bytes(PUBLIC_KEY)
    return signed.to_compressed_bytes() == signature and bool(GT.pairing_check([signed, -asked], [G2Point(), key]))
