"""What is personal in an entry of the register, in pieces with salts of their own, so that one can go and the rest still holds.

A piece is `[name, salt, value]`, and its seal the SHA-256 of just that as canonical JSON; one that was erased is `[name, seal]`.
The entry's hashed part has the SHA-256 of the list of all names and seals. Pure.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.commons.canonical import canonical, sha256

Piece = list[Any]  # [name, salt, value], or [name, seal]
NAME = re.compile(r"(?P<key>[^\[{]+)(?P<kind>[\[{]?)(?P<place>\d*)[\]}]?")
SALT = 32  # hex digits


def pieces_of(personal: Mapping[str, Any], secret: bytes) -> list[Piece]:
    """Salts follow from the secret, which nobody keeps: whoever knows some of them cannot tell the others."""
    return [[name, salt(secret, name), value] for name, value in taken_apart(personal)]


def salt(secret: bytes, name: str) -> str:
    return hmac.new(secret, name.encode(), hashlib.sha256).hexdigest()[:SALT]


def taken_apart(personal: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """`by`, `options[0]`, `stances{0}`: a list's items and a mapping's pairs are pieces of their own."""
    for key, value in personal.items():
        if isinstance(value, Mapping):
            yield from ((f"{key}{{{n}}}", [*pair]) for n, pair in enumerate(value.items()))
        elif isinstance(value, (list, tuple)):
            yield from ((f"{key}[{n}]", item) for n, item in enumerate(value))
        else:
            yield key, value


def seal(piece: Piece) -> str:
    return str(piece[1]) if is_erased(piece) else sha256(canonical(piece))


def is_erased(piece: Piece) -> bool:
    return len(piece) == 2


def root(pieces: Sequence[Piece]) -> str:
    """What the hashed part has of them all."""
    return sha256(canonical([[piece[0], seal(piece)] for piece in pieces]))


def erased(piece: Piece) -> Piece:
    return [piece[0], seal(piece)]


def put_together(kept: str | None) -> dict[str, Any]:
    """What is still known of what was personal. In a list that which was erased is None; elsewhere it is not there."""
    whole: dict[str, Any] = {}
    found = json.loads(kept) if kept else {}
    if isinstance(found, dict):
        return found  # of an entry from before there were pieces
    for piece in found:
        put(whole, piece)
    return whole


def put(whole: dict[str, Any], piece: Piece) -> None:
    name = NAME.fullmatch(piece[0])
    assert name is not None
    gone = is_erased(piece)
    if name["kind"] == "[":
        whole.setdefault(name["key"], []).append(None if gone else piece[2])
    elif name["kind"] == "{":
        whole.setdefault(name["key"], {}).update([] if gone else [piece[2]])
    elif not gone:
        whole[name["key"]] = piece[2]


def without(pieces: Sequence[Piece], theirs: Callable[[Any], bool]) -> list[Piece]:
    """The same, with every piece erased whose value is said to be theirs."""
    return [piece if is_erased(piece) or not theirs(piece[2]) else erased(piece) for piece in pieces]
