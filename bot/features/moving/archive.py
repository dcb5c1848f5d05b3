"""All that a group takes along as one zip file, written and read back."""

import io
import json
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from bot.commons import exporting
from bot.features.moving import state, tables, texts
from bot.language import Voice
from bot.routing.house import House
from bot.verifying import chain, contents
from models import GroupRow

LARGEST = 100_000_000  # bytes of one file in it
DAMAGES = (zipfile.BadZipFile, zlib.error, struct.error, KeyError, ValueError, OverflowError, EOFError, OSError, RuntimeError)
DAWN = (1980, 1, 1, 0, 0, 0)  # the same content is the same file
MODE = 0o600 << 16


class Unusable(Exception):
    """The file cannot be used; `str()` says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Archive:
    """`lines`: of the register, which holds."""

    lines: list[str]
    state: dict[str, Any]


def written(db: Session, group: GroupRow, house: House) -> bytes:
    found, voice = state.of(db, group), Voice(group.language, group.zone)
    lines = list(exporting.lines(db, group.id))
    files = {
        "README.txt": texts.about(voice, group.title, found["head"]).encode(),
        "register.jsonl": "".join(f"{line}\n" for line in lines).encode("ascii"),
        "group.json": json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True).encode(),
        "people.csv": tables.people(found),
        "roles.csv": tables.roles(found),
        "mandates.csv": tables.mandates(found),
        "decisions.csv": tables.decisions(db, group, voice, house),
    }
    return zipped(files)


def zipped(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, DAWN)
            entry.external_attr, entry.compress_type = MODE, zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return whole.getvalue()


def read(content: bytes) -> Archive:
    """Unusable: no such file, or a register that does not hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            lines = taken(archive, "register.jsonl").decode("ascii").splitlines()
            found = json.loads(taken(archive, "group.json"))
    except DAMAGES:
        raise Unusable("This is no export of a group. Use the zip file that export has made.") from None
    check(lines, found)
    return Archive(lines, found)


def taken(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LARGEST:
        raise ValueError(name)
    return archive.read(name)


def check(lines: list[str], found: dict[str, Any]) -> None:
    try:
        whole = chain.read(lines)
        contents.check(whole.entries)
    except chain.Broken as broken:
        raise Unusable(f"Its register does not hold at entry {broken.place}: {broken.why}.") from None
    if not isinstance(found, dict) or found.get("format") != state.FORMAT or found.get("head") != whole.head:
        raise Unusable("Its parts do not belong together. Use an export as it was made.")
