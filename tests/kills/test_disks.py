"""A disk that is full, and a file of which a bit has turned: nobody is told "counted" in vain, and nothing is made up."""

import random
import resource
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from migrations.upgrade import SchemaFault, check_file
from tests.kills.conftest import Tell
from tests.kills.house import House
from tests.kills.square import OK, PEOPLE, Square, all_counted
from tests.support.waiting import await_true

DATABASE = 4  # exit code
BITS, PAGE = 200, 4096
WAITS = "intake waits for the database"


@pytest.mark.skipif(sys.platform != "linux", reason="takes limits that are set from outside")
def test_a_full_disk(served: House, square: Square) -> None:
    """No file may grow any more, until there is room again."""
    life = served.starts_well()
    square.welcome()
    log = Path(f"{served.url.removeprefix('sqlite:///')}-wal")
    _, most = resource.prlimit(life.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (max(log.stat().st_size, served.stderr.stat().st_size + 20_000), most))
    square.taps()
    life.until(lambda: life.said().count(WAITS) >= 2 or life.over, 60)
    assert not life.over
    assert not any(any(texts) for texts in square.remote.call("answers").values()), "told, and not kept"
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (most, most))
    await_true(lambda: all_counted(served), "all presses counted once")
    await_true(lambda: square.state["answered"] == PEOPLE, "all presses answered")
    assert life.terminate() == OK
    served.is_discreet("Sparrow", "square")


def turned(file: Path, dice: random.Random) -> None:
    """One bit, anywhere."""
    content = bytearray(file.read_bytes())
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    file.write_bytes(content)


def try_bits(house: House, rng: random.Random, bits: int) -> tuple[int, int]:
    """How many of so many damaged files it refused, and with how many it started; it never ended otherwise."""
    assert house.starts_well().terminate() == OK
    file = Path(house.url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file)) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = file.with_suffix(".whole")
    shutil.copy(file, whole)
    refused = started = 0
    for _ in range(bits):
        shutil.copy(whole, file)
        turned(file, rng)
        life = house.starts()
        life.until(lambda life=life: life.is_ready or life.over, 60)
        if life.over:
            assert life.code == DATABASE, life.said()
            assert "backup" in life.said()
            refused += 1
        else:
            started += life.terminate() == OK
    assert refused + started == bits
    house.is_discreet("Sparrow", "square")
    return refused, started


def test_each_page_that_has_become_of_another_kind_is_noticed(sqlite_template: Path, tmp_path: Path) -> None:
    content, file = sqlite_template.read_bytes(), tmp_path / "moot.sqlite"
    for place in range(PAGE, len(content), PAGE):
        file.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        with pytest.raises(SchemaFault):
            check_file(file)


def test_a_few_bits(served: House, square: Square, rng: random.Random) -> None:
    try_bits(served, rng, 3)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_two_hundred_bits(served: House, square: Square, rng: random.Random, tell: Tell) -> None:
    refused, started = try_bits(served, rng, BITS)
    tell(f"of {BITS} files in which a bit had turned {refused} were refused, {started} started, none ended otherwise")
