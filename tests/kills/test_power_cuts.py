"""The power fails while people press, and the disk forgets what it was not asked to keep: whoever was told "counted" is counted."""

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kills.conftest import Tell
from tests.kills.house import House
from tests.kills.square import Square
from tests.support.botapi.remote import Remote
from tests.support.disk import Disk, can_be_cut, shim
from tests.support.waiting import await_true
from tests.support.zygote import Life, Zygote, zygote

pytestmark = pytest.mark.skipif(not can_be_cut(), reason="takes a C compiler and Linux")
STANCES = ("Consent", "Stand aside")
WRITES = """
import os, sqlite3, sys
with open(sys.argv[1] + ".told", "w") as told:
    base = sqlite3.connect(sys.argv[1], isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=" + sys.argv[2])
    base.execute("CREATE TABLE votes (n)")
    for n in range(30):
        base.execute("INSERT INTO votes VALUES (?)", (n,))
        print(n, file=told, flush=True)
    os._exit(9)
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shim(tmp_path_factory.mktemp("shim"))


@pytest.fixture
def unplugged(library: Path) -> Iterator[Zygote]:
    with zygote(LD_PRELOAD=str(library)) as process:
        yield process


@dataclass
class Cuts(House):
    """A house on a disk that forgets."""

    library: Path = Path()

    def __post_init__(self) -> None:
        super().__post_init__()
        self.disk = Disk(Path(self.url.removeprefix("sqlite:///")), self.library)
        self.environment = self.disk.environment


@pytest.mark.parametrize(("synchronous", "kept"), [("FULL", 30), ("OFF", 0)])
def test_the_disk_forgets_what_it_was_not_asked_to_keep(library: Path, tmp_path: Path, synchronous: str, kept: int) -> None:
    disk = Disk(tmp_path / "votes.sqlite", library)
    subprocess.run([sys.executable, "-c", WRITES, str(disk.database), synchronous], env=os.environ | disk.environment, check=False)
    assert len((tmp_path / "votes.sqlite.told").read_text().split()) == 30
    disk.cut(random.Random(1))
    assert rows_in(disk.database) == kept


def rows_in(file: Path) -> int:
    with closing(sqlite3.connect(file)) as base:
        try:
            return int(base.execute("SELECT count(*) FROM votes").fetchone()[0])
        except sqlite3.DatabaseError:
            return 0


def test_three_power_cuts(unplugged: Zygote, library: Path, tmp_path: Path, remote: Remote, rng: random.Random) -> None:
    run(unplugged, library, tmp_path, remote, rng, 3)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_two_hundred_power_cuts(
    unplugged: Zygote, library: Path, tmp_path: Path, remote: Remote, rng: random.Random, tell: Tell
) -> None:
    tell(run(unplugged, library, tmp_path, remote, rng, 200))


def run(bots: Zygote, library: Path, folder: Path, remote: Remote, rng: random.Random, cuts: int) -> str:
    house = Cuts(bots, folder / "house", library=library)
    house.on_telegram(remote)
    square = Square(remote)
    board = opens_a_round(house, square)
    lost, told = house.disk.cut(rng), len(is_kept(house, remote))
    for _ in range(cuts - 1):
        life = house.starts()
        lives(life, house, square, board, rng)
        life.kill()
        lost += house.disk.cut(rng)
        told = len(is_kept(house, remote))
    life = house.starts_well()
    await_true(lambda: square.state["waiting"] == 0, "all presses taken")
    assert life.terminate() == 0
    assert house.rows("PRAGMA integrity_check") == [("ok",)]
    assert house.one("SELECT received - replaced - refused FROM rounds") == house.one("SELECT count(*) FROM stances")
    house.is_discreet("Sparrow", "square")
    return f"{cuts} power cuts: {told:,} people told that they were counted, 0 of them lost; {lost:,} writes lost"


def opens_a_round(house: Cuts, square: Square) -> int:
    """The message to press, in the first life."""
    life = house.starts_well()
    square.taps()
    square.is_heard(1)
    square.remote.says(square.people[0], square.chat, "/propose We sing")
    await_true(lambda: bool(square.shown("proposal by")), "the proposal")
    life.kill()
    return square.shown("proposal by")[0]


def lives(life: Life, house: Cuts, square: Square, board: int, rng: random.Random) -> None:
    """Some are cut off while they start, the others after a few of those who press were answered."""
    if rng.random() < 0.3:
        written = rng.randrange(200_000)
        life.until(lambda: life.is_ready or (house.disk.log.exists() and house.disk.log.stat().st_size > written), 60)
        return
    life.until_ready(60)
    before = answered(square.remote)
    for person in rng.sample(square.people, rng.randrange(5, 20)):
        square.remote.taps([person], square.chat, board, rng.choice(STANCES))
    wanted = rng.randrange(1, 6)
    await_true(lambda: answered(square.remote) >= before + wanted, "answers")


def answered(remote: Remote) -> int:
    return int(remote.call("state")["answered"])


def is_kept(house: Cuts, remote: Remote) -> list[str]:
    """Those presses whose answer said something; each of them is in the database."""
    kept = {row[0] for row in house.rows("SELECT event_id FROM seen")}
    told = [tap for tap, answers in remote.call("answers").items() if any(answers)]
    assert [tap for tap in told if f"tap:{tap}" not in kept] == []
    return told
