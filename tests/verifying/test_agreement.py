"""A draw worked out three times, by the bot, by the script and by a shell with openssl; and what chance makes of many draws."""

import hashlib
import shutil
import subprocess
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from bot.commons import lots
from bot.verifying.draw import check

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DRAWS = 60_000
RARE = {3: 16.27, 23: 49.73}  # chi-square that one of a thousand fair series passes, by degrees of freedom
needs_openssl = pytest.mark.skipif(not shutil.which("openssl") or not shutil.which("bash"), reason="openssl and bash")

SHELL = r"""
bytes() { printf "$(sed 's/../\\x&/g' <<< "$1")"; }
mac() { openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" -r | cut -c1-64; }
salt=$(openssl dgst -sha256 -r < "$1" | cut -c1-64)
prk=$(bytes "$2" | mac "$salt")
sed '1,/^---$/d' "$1" | while read -r label; do
  echo "$(printf '%s\001' "$label" | mac "$prk") $label"
done | LC_ALL=C sort | cut -d' ' -f2
"""


def label(dice: Random) -> str:
    return dice.choice(
        [f"tg:{dice.randrange(1, 10**10)}", f"mx:@{dice.randbytes(4).hex()}:example.org", f"tt:{dice.randrange(99)}"]
    )


def pool(dice: Random) -> tuple[str, bytes, list[str]]:
    """A random pool document, the secret behind it, and who shook."""
    labels = sorted({label(dice) for _ in range(dice.randint(1, 20))})
    secret = dice.randbytes(32)
    source = f"hat: {lots.commitment(secret)}"
    more = ("from: council",) if dice.random() < 0.3 else ()
    made = lots.Pool(dice.randrange(1, 999), "tg:-1", dice.choice(["cook", "Kassenwärtin"]), 1, source, NOON, tuple(labels), more)
    return lots.pool_document(made), secret, dice.sample(labels, dice.randrange(len(labels) + 1))


def agree(dice: Random) -> None:
    document, secret, shakes = pool(dice)
    assert check(lots.receipt(document, secret, shakes)) == lots.order(document, lots.chance(secret, shakes))


def by_shell(file: Path, document: str, chance: bytes) -> list[str]:
    file.write_bytes(document.encode())
    done = subprocess.run(["bash", "-c", SHELL, "draw", str(file), chance.hex()], capture_output=True, check=True, text=True)
    return done.stdout.split()


def test_the_script_agrees_with_the_bot() -> None:
    dice = Random("agreement")
    for _ in range(300):
        agree(dice)


@pytest.mark.long
def test_the_script_agrees_with_the_bot_on_ten_thousand_pools() -> None:
    dice = Random("ten thousand")
    for _ in range(10_000):
        agree(dice)


@needs_openssl
@pytest.mark.parametrize("n", [2, pytest.param(200, marks=pytest.mark.long)])
def test_a_shell_with_openssl_agrees_with_both(tmp_path: Path, n: int) -> None:
    dice = Random("shell")
    for _ in range(n):
        document, secret, shakes = pool(dice)
        chance = lots.chance(secret, shakes)
        assert by_shell(tmp_path / "pool.txt", document, chance) == check(lots.receipt(document, secret, shakes))


def orders(labels: list[str]) -> list[tuple[str, ...]]:
    """Of many draws among the same people, each by a chance of its own."""
    document = lots.pool_document(lots.Pool(1, "tg:-1", "cook", 1, f"hat: {'0' * 64}", NOON, tuple(labels)))
    return [tuple(lots.order(document, hashlib.sha256(n.to_bytes(4, "big")).digest())) for n in range(DRAWS)]


def chi_square(counted: Counter[object], cells: int) -> float:
    expected = counted.total() / cells
    assert len(counted) <= cells
    return (sum((n - expected) ** 2 for n in counted.values()) + (cells - len(counted)) * expected**2) / expected


def test_sixty_thousand_draws_are_unremarkable() -> None:
    """Every order is as likely as any other, everybody is as often in each place, and one draw says nothing of the next."""
    drawn = orders(["mx:@dana:example.org", "tg:1001", "tg:1002", "tg:7000000000"])
    assert 5 < chi_square(Counter(drawn), 24) < RARE[23]
    for place in range(4):
        assert chi_square(Counter(order[place] for order in drawn), 4) < RARE[3]
    repeated = sum(before == after for before, after in pairwise(drawn))
    assert abs(repeated - DRAWS / 24) < 200  # four standard deviations


def test_a_loaded_draw_would_be_remarked() -> None:
    loaded = Counter({"anna": 15_300, "ben": 14_900, "cleo": 14_900, "dana": 14_900})
    assert chi_square(Counter(loaded), 4) < RARE[3]
    loaded["anna"] += 300
    assert chi_square(Counter(loaded), 4) > RARE[3]
