"""A receipt of a draw by the beacon: the golden vector of the design, its checker, and what it cannot be talked into."""

import hashlib
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import quicknet
from bot.cli import main
from bot.commons import lots
from bot.verifying import draw, report
from bot.verifying.draw import check
from tests.support.rounds import GOLDEN_CHANCE, SIGNATURES, signature_of

GOLDEN = """\
draw-v1
id: D-17
room: tg:-1001234567890
role: facilitator
seats: 2
beacon: drand:52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971:1000
frozen: 2026-11-21T12:00:00Z
pool: 5
---
mx:@dana:example.org
tg:1001
tg:1002
tg:1003
tg:7000000000
"""
ORDER = ["tg:1002", "tg:1001", "mx:@dana:example.org", "tg:1003", "tg:7000000000"]
RIGHT = lots.beacon_receipt(GOLDEN, signature_of(1000), quicknet.look_up(1000))


def holds(text: str) -> bool:
    try:
        check(text)
    except (AssertionError, ValueError):
        return False
    return True


def test_the_golden_document_is_what_the_bot_writes() -> None:
    frozen, labels = (
        datetime(2026, 11, 21, 12, tzinfo=UTC),
        ("tg:7000000000", "tg:1001", "tg:1002", "mx:@dana:example.org", "tg:1003"),
    )
    pool = lots.Pool(17, "tg:-1001234567890", "facilitator", 2, quicknet.source(1000), frozen, labels)
    assert lots.pool_document(pool) == GOLDEN
    assert lots.fingerprint(GOLDEN) == "3880e4a17466d5561cc881b26a13d6c7f3ad38ad07398f5bea2ed93be5ce4733"


def test_the_golden_order() -> None:
    assert f"\nchance: {GOLDEN_CHANCE}\n" in RIGHT
    assert check(RIGHT) == lots.order(GOLDEN, lots.beacon_chance(signature_of(1000))) == ORDER


def test_the_receipt_names_the_place_where_the_round_can_be_looked_up() -> None:
    assert f"\nlook-up: https://api.drand.sh/{quicknet.CHAIN}/public/1000\n" in RIGHT


@settings(max_examples=300)
@given(st.integers(0, len(RIGHT) - 1), st.integers(0, 127))
@example(RIGHT.index("signature: ") + 12, ord("A"))
@example(len(RIGHT) - 1, ord("\r"))
def test_no_single_byte_can_be_changed(place: int, byte: int) -> None:
    changed = RIGHT[:place] + chr(byte) + RIGHT[place + 1 :]
    assert holds(changed) == (changed == RIGHT)


@given(st.integers(0, len(RIGHT) - 1))
def test_no_single_byte_can_be_left_out(place: int) -> None:
    assert not holds(RIGHT[:place] + RIGHT[place + 1 :])


@given(
    st.integers(0, len(RIGHT)),
    st.sampled_from(["\n", " ", "0", "shake tg:1003\n", "hat: 0\n", "secret: 00\n", "beacon: x\n", "\0"]),
)
def test_nothing_can_be_added(place: int, more: str) -> None:
    assert not holds(RIGHT[:place] + more + RIGHT[place:])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (quicknet.CHAIN, "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce"),
        (":1000", ":01000"),
        (":1000", ":1_000"),
        (":1000", ":"),
        (":1000", ":1001"),
        (":1000", ":9" * 40),
    ],
)
def test_another_chain_or_another_way_to_write_the_round_is_refused(old: str, new: str) -> None:
    document = GOLDEN.replace(old, new)
    assert not holds(lots.beacon_receipt(document, signature_of(1000), quicknet.look_up(1000)))
    assert not holds(lots.receipt(document, signature_of(1000), ()))


def test_a_hat_cannot_be_passed_off_as_a_beacon_nor_a_beacon_as_a_hat() -> None:
    sealed = hashlib.sha256(signature_of(1000)).hexdigest()
    hat = GOLDEN.replace(quicknet.source(1000), f"hat: {sealed}")
    assert holds(lots.receipt(hat, signature_of(1000), ()))
    assert not holds(lots.beacon_receipt(hat, signature_of(1000), quicknet.look_up(1000)))
    assert not holds(lots.receipt(GOLDEN, signature_of(1000), ()))
    both = GOLDEN.replace("frozen", f"hat: {sealed}\nfrozen")
    assert not holds(lots.beacon_receipt(both, signature_of(1000), quicknet.look_up(1000)))


def test_two_draws_of_one_round_have_unrelated_orders() -> None:
    """Of 40 people, one expects a single one to stand at the same place in both."""
    labels = tuple(f"tg:{n}" for n in range(40))
    frozen = datetime(2023, 8, 23, tzinfo=UTC)
    orders = [
        lots.order(
            lots.pool_document(lots.Pool(number, "tg:-1", "guide", 1, quicknet.source(1000), frozen, labels)),
            lots.beacon_chance(signature_of(1000)),
        )
        for number in (1, 2)
    ]
    assert sum(one == other for one, other in zip(*orders, strict=True)) < 6


def written(folder: Path, text: str) -> Path:
    file = folder / "D-17-receipt.txt"
    file.write_bytes(text.encode())
    return file


def test_the_script_alone_repeats_the_draw(tmp_path: Path) -> None:
    command = [sys.executable, "-I", "-S", draw.__file__, str(written(tmp_path, RIGHT))]
    assert subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True).stdout.split() == ORDER


def test_the_report_says_that_the_beacon_signed_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "draw", str(written(tmp_path, RIGHT))]) == report.RIGHT
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "This draw holds. The order:"
    assert told[-1] == "Its chance is signed by the beacon, as round 1000."


def test_a_signature_that_somebody_made_up_is_found_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forged = lots.beacon_receipt(GOLDEN, bytes.fromhex(SIGNATURES[1001]), quicknet.look_up(1000))
    assert holds(forged), "by itself it is without fault"
    assert main(["verify", "draw", str(written(tmp_path, forged))]) == report.WRONG
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "This receipt does not hold: its signature is not that of the round which it names.\n")


def test_without_the_library_the_report_says_where_to_look(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, quicknet.LIBRARY, None)
    assert main(["verify", "draw", str(written(tmp_path, RIGHT))]) == report.RIGHT
    assert f"Compare its signature with that of round 1000 at {quicknet.look_up(1000)}" in capsys.readouterr().out
