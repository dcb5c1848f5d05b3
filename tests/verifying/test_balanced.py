"""A balanced receipt: the golden vector, a second implementation, and what it cannot be talked into."""

import ast
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from bot.commons import lots
from bot.features.lots.balances.strata import Strata
from bot.verifying import balanced, report
from bot.verifying.balanced import asked
from bot.verifying.draw import check
from tests.support.strata import NOON, chosen, document, some

SECRET = bytes(range(32))
SHAKES = ("tg:1003", "tg:1001")
POOL = Strata(
    ("site", "age-group"),
    {
        "tg:1001": ("North", "60%2B"),
        "tg:1002": ("North", "-"),
        "tg:1003": ("North", "16-29"),
        "tg:1004": ("%C3%91u%C3%B1oa", "60%2B"),
        "tg:1005": ("%C3%91u%C3%B1oa", "16-29"),
        "tg:1006": ("-", "-"),
        "mx:@dana:example.org": ("North", "60%2B"),
    },
)
GOLDEN = """\
draw-v1
id: D-7
room: tg:-1
role: council
seats: 3
hat: 630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd
frozen: 2026-11-21T12:00:00Z
balance: site age-group
quota: site %C3%91u%C3%B1oa 0-1 of 2
quota: site - 0-1 of 1
quota: site North 1-2 of 4
quota: age-group - 0-1 of 2
quota: age-group 16-29 0-1 of 2
quota: age-group 60%2B 1-2 of 3
labels: mx:@dana:example.org North 60%2B
labels: tg:1001 North 60%2B
labels: tg:1002 North -
labels: tg:1003 North 16-29
labels: tg:1004 %C3%91u%C3%B1oa 60%2B
labels: tg:1005 %C3%91u%C3%B1oa 16-29
labels: tg:1006 - -
pool: 7
---
mx:@dana:example.org
tg:1001
tg:1002
tg:1003
tg:1004
tg:1005
tg:1006
"""
RIGHT = lots.receipt(document(POOL, 3, SECRET), SECRET, SHAKES)
ORDER = ["tg:1005", "tg:1001", "mx:@dana:example.org", "tg:1003", "tg:1002", "tg:1006", "tg:1004"]
SEATED = ["tg:1001", "tg:1003", "tg:1004"]


def test_the_golden_document_is_what_the_bot_writes() -> None:
    assert document(POOL, 3, SECRET) == GOLDEN


def test_the_golden_choice() -> None:
    assert check(RIGHT) == lots.order(GOLDEN, lots.chance(SECRET, SHAKES)) == ORDER
    assert asked(RIGHT) == chosen(GOLDEN, lots.chance(SECRET, SHAKES)) == SEATED


def agree(dice: Random, most: int = 40) -> None:
    found, seats = some(dice, most)
    secret = dice.randbytes(32)
    shakes = dice.sample(sorted(found.people), dice.randrange(len(found.people)))
    written = document(found, seats, secret)
    receipt = lots.receipt(written, secret, shakes)
    check(receipt)
    assert asked(receipt) == chosen(written, lots.chance(secret, shakes))


def test_the_script_agrees_with_the_bot() -> None:
    dice = Random("balanced")
    for _ in range(400):
        agree(dice)


@pytest.mark.long
def test_the_script_agrees_with_the_bot_on_ten_thousand_pools() -> None:
    dice = Random("ten thousand balanced")
    for _ in range(10_000):
        agree(dice, most=60)


def forged(old: str, new: str) -> str:
    """A receipt that holds as a draw, of a document in which something is another."""
    assert old in GOLDEN
    return lots.receipt(GOLDEN.replace(old, new), SECRET, SHAKES)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("North 1-2 of 4", "North 2-2 of 4"),
        ("North 1-2 of 4", "North 1-2 of 3"),
        ("quota: site - 0-1 of 1\n", ""),
        ("seats: 3", "seats: 4"),
        ("labels: tg:1002 North -\n", ""),
        ("labels: tg:1002 North -\n", "labels: tg:1002 North\n"),
        ("labels: tg:1002 North -\n", "labels: tg:1002 North - -\n"),
        ("labels: tg:1002 North -", "labels: tg:1002 - North"),
        ("labels: tg:1001 North 60%2B\nlabels: tg:1002 North -\n", "labels: tg:1002 North -\nlabels: tg:1001 North 60%2B\n"),
        ("labels: tg:1006 - -", "labels: tg:1006 - -\nlabels: tg:1007 - -"),
        ("labels: tg:1006 - -", "labels: tg:1006 - -\nlabels: tg:1006 - -"),
        ("balance: site age-group", "balance: age-group site"),
        ("balance: site age-group\n", "balance: site age-group\nbalance: site\n"),
        ("pool: 7", "quota: site West 0-1 of 0\npool: 7"),
        ("tg:1006\n", "tg:1006\ntg:1007\n"),
    ],
)
def test_quotas_that_do_not_follow_from_the_pool_are_found_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    receipt = forged(old, new)
    check(receipt)
    file = tmp_path / "D-7-receipt.txt"
    file.write_text(receipt)
    assert report.draw(file) == report.WRONG
    assert capsys.readouterr().err == "This receipt does not hold: its quotas do not follow from its pool.\n"


@pytest.mark.parametrize("old", ["balance: site age-group", "seats: 3", "labels: tg:1006 - -"])
def test_a_damaged_document_is_no_fault_of_the_checker(tmp_path: Path, old: str) -> None:
    for new in ("", old.split()[0], "balance:", "\n", "seats: x", "labels:"):
        file = tmp_path / "D-7-receipt.txt"
        file.write_text(lots.receipt(GOLDEN.replace(f"{old}\n", f"{new}\n"), SECRET, SHAKES))
        assert report.draw(file) in {report.RIGHT, report.WRONG}


def test_the_script_alone_repeats_it(tmp_path: Path) -> None:
    file = tmp_path / "D-7-receipt.txt"
    file.write_text(RIGHT)
    command = [sys.executable, "-I", "-S", balanced.__file__, str(file)]
    assert subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True).stdout.split() == SEATED


def test_the_script_is_standard_library_and_short() -> None:
    source = Path(balanced.__file__).read_text()
    modules = {node.module if isinstance(node, ast.ImportFrom) else node.names[0].name for node in imports(source)}
    assert modules <= sys.stdlib_module_names
    assert len(source.splitlines()) <= 100


def imports(source: str) -> list[ast.Import | ast.ImportFrom]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_the_report_names_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "D-7-receipt.txt"
    file.write_text(RIGHT)
    assert report.draw(file) == report.RIGHT
    assert capsys.readouterr().out.splitlines()[-1] == f"Balanced, so its quotas choose, in this order: {', '.join(SEATED)}."


def test_other_draws_have_no_such_line() -> None:
    assert (
        asked(lots.receipt(lots.pool_document(lots.Pool(1, "tg:-1", "balance: x", 1, "hat: 0", NOON, ("tg:1",))), SECRET, ())) == []
    )
