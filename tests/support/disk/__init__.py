"""A disk that loses at a power cut what nobody asked it to keep: what was written is noted, and played back as far as it may be."""

import os
import random
import shutil
import struct
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
HEAD = struct.Struct("=c64sqq")
SECTOR = 512  # bytes that a disk writes as a whole or not at all


def can_be_cut() -> bool:
    """It takes a C compiler, and a system that loads what it is told to before the C library."""
    return shutil.which("cc") is not None and os.uname().sysname == "Linux"


def shim(folder: Path) -> Path:
    made = folder / "shim.so"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", str(made), str(HERE / "shim.c"), "-ldl", "-lpthread"], check=True)
    return made


@dataclass(frozen=True, slots=True)
class Note:
    kind: str  # W: bytes at a place | T: a new length | S: keep all | U: gone
    name: str  # what follows the database's path: "", "-wal", "-journal"
    place: int
    content: bytes


class Disk:
    """The files of one SQLite database, as they were when the power last came back, and all that was written since."""

    def __init__(self, database: Path, library: Path) -> None:
        self.database, self.library = database, library
        self.log = database.with_suffix(".log")
        self.before = self.present()
        self.log.unlink(missing_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        """For the process that writes."""
        return {"LD_PRELOAD": str(self.library), "CUT_PREFIX": str(self.database), "CUT_LOG": str(self.log)}

    def present(self) -> dict[str, bytes]:
        names = ("", "-wal", "-journal")
        return {name: path.read_bytes() for name in names if (path := Path(f"{self.database}{name}")).exists()}

    def notes(self) -> Iterator[Note]:
        told = self.log.read_bytes() if self.log.exists() else b""
        place = 0
        while place + HEAD.size <= len(told):
            kind, name, where, length = HEAD.unpack_from(told, place)
            place += HEAD.size
            yield Note(kind.decode(), name.rstrip(b"\0").decode(), where, told[place : place + length])
            place += length

    def cut(self, dice: random.Random) -> int:
        """The power fails: each write since its file was last kept is there, or not, or half. How many of them were lost."""
        files: dict[str, File] = defaultdict(File)
        for name, content in self.before.items():
            files[name] = File(bytearray(content))
        for note in self.notes():
            files[note.name].take(note)
        lost = sum(file.come_back(dice) for file in files.values())
        self.write({name: bytes(file.kept) for name, file in files.items() if file.there})
        return lost

    def write(self, files: Mapping[str, bytes]) -> None:
        for name in ("", "-wal", "-journal", "-shm"):
            Path(f"{self.database}{name}").unlink(missing_ok=True)
        for name, content in files.items():
            Path(f"{self.database}{name}").write_bytes(content)
        self.before = self.present()
        self.log.unlink(missing_ok=True)


class File:
    """What is surely kept of a file, and what may be lost of it."""

    def __init__(self, kept: bytearray | None = None) -> None:
        self.there, self.kept = kept is not None, kept or bytearray()
        self.loose: list[Note] = []

    def take(self, note: Note) -> None:
        self.there = note.kind != "U"
        if note.kind == "U":
            self.kept, self.loose = bytearray(), []
        elif note.kind == "S":
            for each in self.loose:
                self.apply(each, each.content)
            self.loose = []
        else:
            self.loose.append(note)

    def apply(self, note: Note, content: bytes) -> None:
        if note.kind == "T":
            del self.kept[note.place :]
            self.kept.extend(bytes(note.place - len(self.kept)))
            return
        self.kept.extend(bytes(max(0, note.place + len(content) - len(self.kept))))
        self.kept[note.place : note.place + len(content)] = content

    def come_back(self, dice: random.Random) -> int:
        lost = 0
        share = dice.choice((0.0, 0.5, 0.9))
        for note in self.loose:
            if dice.random() < share:
                whole = len(note.content) < SECTOR or dice.random() < 0.7
                self.apply(note, note.content if whole else note.content[: dice.randrange(len(note.content)) // SECTOR * SECTOR])
            else:
                lost += 1
        return lost
