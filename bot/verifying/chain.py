"""Check an export of a group's register with nothing but Python: python3 chain.py register.jsonl [HEAD]

The first line says what the file is; each line after it is one entry, as canonical JSON. An entry's hash is the SHA-256 of
the hash before it and of its public part; what is personal stands beside that, in pieces with seals of their own.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT, GENESIS = "folkmoot-register-1", "0" * 64
KEYS = {"at", "hash", "personal", "place", "public", "salt"}


class Broken(Exception):
    """The first thing that does not hold, in plain words. `place`: of the entry; 0: of the file as a whole."""

    def __init__(self, place: int, why: str) -> None:
        super().__init__(why)
        self.place, self.why = place, why


@dataclass(frozen=True)
class Entry:
    """One that holds by itself and follows from those before it."""

    place: int
    kind: str
    at: str
    facts: dict[str, Any]
    personal: dict[str, Any] | None  # None: the file was made without what is personal, or all of it was forgotten
    hash: str
    erased: bool  # some of what was personal is no longer there
    whole: bool  # nothing of it is missing


@dataclass
class Chain:
    """The entries that hold so far."""

    entries: list[Entry] = field(default_factory=list)

    @property
    def head(self) -> str:
        return self.entries[-1].hash if self.entries else GENESIS


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def parsed(line: str, place: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise Broken(place, "it cannot be read") from None
    if not isinstance(value, dict) or canonical(value) != line:
        raise Broken(place, "it is not written as entries are written")
    return value


def read(lines: Sequence[str], head: str | None = None) -> Chain:
    """The whole chain. Broken: the first entry that was changed, left out, doubled or moved. `head`: one that was published."""
    if not lines:
        raise Broken(0, "the file is empty")
    first, chain = parsed(lines[0], 0), Chain()
    if first.get("format") != FORMAT:
        raise Broken(0, "this is no register that I know")
    for place, line in enumerate(lines[1:], start=1):
        chain.entries.append(entry(parsed(line, place), place, chain.head, bool(first.get("personal"))))
    if (first.get("entries"), first.get("head")) != (len(chain.entries), chain.head):
        raise Broken(0, f"its first line tells of {first.get('entries')} entries, and {len(chain.entries)} are there")
    if not first.get("personal") and any(each.personal is not None for each in chain.entries):
        raise Broken(0, "its first line tells that what is personal is left out, and some of it is there")
    if head is not None and head not in {GENESIS, *(each.hash for each in chain.entries)}:
        raise Broken(0, "no entry has the head that you gave: entries were cut off at its end, or all were written anew")
    check_erasures(chain.entries)
    return chain


def entry(line: dict[str, Any], place: int, before: str, personal: bool) -> Entry:
    try:
        return held(line, place, before, personal)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Broken(place, "it is not written as entries are written") from None


def held(line: dict[str, Any], place: int, before: str, personal: bool) -> Entry:
    public = line.get("public")
    if line.keys() != KEYS or not isinstance(public, dict):
        raise Broken(place, "it is not written as entries are written")
    if line["place"] != place:
        raise Broken(place, f"entry {line['place']} stands in its place: it was left out, doubled or moved")
    if line["hash"] != sha256(before + canonical(public)):
        raise Broken(place, "its hash does not follow from what it says and from the entry before it")
    if (public["place"], public["at"]) != (place, line["at"]):
        raise Broken(place, "its place or its time is not the one that was hashed")
    known, erased, whole = beside(line, place, public, personal)
    return Entry(place, public["kind"], public["at"], public["facts"], known, line["hash"], erased, whole)


def beside(line: dict[str, Any], place: int, public: dict[str, Any], wanted: bool) -> tuple[dict[str, Any] | None, bool, bool]:
    """What is personal; whether some of it was erased; whether all of it is there."""
    kept, salt, seal = line["personal"], line["salt"], public["personal"]
    if seal is None and (kept, salt) != (None, None):
        raise Broken(place, "something personal stands beside it that never belonged to it")
    if kept is None:
        if salt is not None or (seal is not None and wanted and public.get("v", 1) > 1):
            raise Broken(place, "what is personal in it was taken away")
        return None, seal is not None and wanted, seal is None
    if public.get("v", 1) == 1:
        if seal != sha256(f"{salt}{canonical(kept)}"):
            raise Broken(place, "what is personal in it was changed")
        return dict(kept), False, True
    return in_pieces(kept, salt, seal, place)


def in_pieces(kept: Any, salt: Any, seal: str, place: int) -> tuple[dict[str, Any], bool, bool]:
    fits = isinstance(kept, list) and all(isinstance(piece, list) and len(piece) in {2, 3} for piece in kept) and salt is None
    seals = [[piece[0], piece[1] if len(piece) == 2 else sha256(canonical(piece))] for piece in kept] if fits else []
    if not fits or seal != sha256(canonical(seals)):
        raise Broken(place, "what is personal in it was changed")
    erased = any(len(piece) == 2 for piece in kept)
    return dict(together(kept)), erased, not erased


def together(pieces: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """`by`, `options[0]`, `stances{0}`; of a piece that was erased a list has None."""
    whole: dict[str, Any] = {}
    for name, *rest in pieces:
        key = name.split("[")[0].split("{")[0]
        if "[" in name:
            whole.setdefault(key, []).append(rest[1] if len(rest) == 2 else None)
        elif "{" in name:
            whole.setdefault(key, []).extend([rest[1]] if len(rest) == 2 else [])
        elif len(rest) == 2:
            whole[key] = rest[1]
    yield from whole.items()


def check_erasures(entries: Sequence[Entry]) -> None:
    """What was forgotten at somebody's wish is told by a later entry; what nobody tells of was taken away."""
    told = {place: each.place for each in entries if each.kind == "forgotten" for place in each.facts["entries"]}
    for each in entries:
        if each.erased and told.get(each.place, 0) <= each.place:
            raise Broken(each.place, "some of what is personal in it is gone, and no entry tells that it was forgotten")


def main(file: str, head: str | None = None) -> int:
    try:
        chain = read(Path(file).read_text("ascii").splitlines(), head)
    except Broken as broken:
        sys.stderr.write(f"{f'Entry {broken.place}' if broken.place else 'The file'} does not hold: {broken.why}.\n")
        return 1
    sys.stdout.write(f"All {len(chain.entries)} entries hold. Head: {chain.head}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
