"""An export that was damaged or forged on its way: it is refused in a sentence, or founds a group as a whole."""

import io
import json
import zipfile
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.dice import SeededDice
from bot.features.moving import archive, founding
from models import GroupRow
from tests.adapters.telegram.test_fuzz import places, replaced
from tests.faults.conftest import Busy
from tests.support.moot import START, Moot
from tests.support.quick import quick

ODD: tuple[Any, ...] = (None, [], {}, "x", 5, -1, 10**30, "\ud800", [1], {"a": 1}, True, "a\0b")
DEEP = b"[" * 1_000_000
Files = dict[str, bytes]


def files_of(bot: Moot) -> Files:
    with bot.database.transaction() as db:
        group = db.get_one(GroupRow, 1)
        content = archive.written(db, group, bot.app.routes.house)
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def brings(url: str, content: bytes) -> bool:
    """Whether it founds a group; if it does not, it leaves nothing."""
    with closing(quick(url)) as database:
        before = database.transact(lambda db: db.query(GroupRow).count())
        try:
            found = archive.read(content)
            database.transact(founding.found, found, START, SeededDice("archive"), frozenset({"telegram"}))
        except archive.Unusable:
            assert database.transact(lambda db: db.query(GroupRow).count()) == before
            return False
        return True


def damaged(files: Files, dice: Random) -> bytes:
    """One bit has turned."""
    content = bytearray(archive.zipped(files))
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    return bytes(content)


def forged(files: Files, dice: Random) -> bytes:
    """Something else stands somewhere in what is not hashed."""
    state: Any = json.loads(files["group.json"])
    return archive.zipped(
        files | {"group.json": json.dumps(replaced(state, dice.choice(places(state)), dice.choice(ODD))).encode()}
    )


def try_files(busy: Busy, url: str, dice: Random, times: int) -> None:
    files = files_of(busy())
    assert brings(url, archive.zipped(files))
    for _ in range(times):
        brings(url, damaged(files, dice))
        brings(url, forged(files, dice))


def test_some_damages(busy: Busy, sqlite_house: str) -> None:
    try_files(busy, sqlite_house, Random(6), 60)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_many_damages(busy: Busy, sqlite_house: str) -> None:
    try_files(busy, sqlite_house, Random(7), 3_000)


@pytest.mark.parametrize("name", ["group.json", "register.jsonl"])
@pytest.mark.parametrize("content", [DEEP, b"", b"\xff", b"null", b'{"a": 1, "a": 2}', b"0" * 5_000], ids=len)
def test_what_is_no_content(busy: Busy, sqlite_house: str, name: str, content: bytes) -> None:
    assert not brings(sqlite_house, archive.zipped(files_of(busy()) | {name: content}))


def test_a_bomb_and_files_with_ways_out(busy: Busy, sqlite_house: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = files_of(busy())
    assert brings(sqlite_house, archive.zipped(files | {"../../out": b"x", "/out": b"x"}))
    monkeypatch.setattr(archive, "LARGEST", 10_000)
    assert not brings(sqlite_house, archive.zipped(files | {"group.json": b" " * 10_001}))
