"""The receipt and its twenty-line checker: what is right holds, and no single byte can be changed."""

import ast
import hashlib
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.commons import lots
from bot.verifying import draw, report
from bot.verifying.draw import check

SECRET = bytes(range(32))
LABELS = ("mx:@dana:example.org", "tg:1001", "tg:1002", "tg:1003", "tg:7000000000")
SHAKES = ("tg:1002", "mx:@dana:example.org")
SCRIPT = Path(draw.__file__)


def document(secret: bytes = SECRET, role: str = "facilitator", labels: tuple[str, ...] = LABELS) -> str:
    frozen = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    return lots.pool_document(lots.Pool(17, "tg:-1", role, 2, f"hat: {lots.commitment(secret)}", frozen, labels))


def receipt(shakes: tuple[str, ...] = SHAKES, role: str = "facilitator") -> str:
    return lots.receipt(document(role=role), SECRET, shakes)


RIGHT = receipt()


def holds(text: str) -> bool:
    try:
        check(text)
    except (AssertionError, ValueError):
        return False
    return True


@given(
    st.lists(st.from_regex(r"(tg|mx):[@a-z0-9.:]{1,12}", fullmatch=True), min_size=1, max_size=30, unique=True),
    st.data(),
    st.binary(min_size=32, max_size=32),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=64),
)
def test_every_receipt_holds(labels: list[str], data: st.DataObject, secret: bytes, role: str) -> None:
    shakes = tuple(data.draw(st.lists(st.sampled_from(labels), unique=True)))
    pool = document(secret, role, tuple(labels))
    order = lots.order(pool, lots.chance(secret, shakes))
    assert check(lots.receipt(pool, secret, shakes)) == order


@pytest.mark.parametrize("role", ["--- receipt", "---", "hat: 00", "shake tg:1001", "order: tg:1001", "secret: 00", "a: b"])
def test_a_role_that_looks_like_a_part_of_the_receipt(role: str) -> None:
    assert len(check(receipt(role=role))) == 5


@settings(max_examples=400)
@given(st.integers(0, len(RIGHT) - 1), st.integers(0, 127))
@example(RIGHT.index("secret: ") + 10, ord("A"))
@example(len(RIGHT) - 1, ord("\r"))
@example(len(RIGHT) - 1, ord(" "))
def test_no_single_byte_can_be_changed(place: int, byte: int) -> None:
    changed = RIGHT[:place] + chr(byte) + RIGHT[place + 1 :]
    assert holds(changed) == (changed == RIGHT)


@given(st.integers(0, len(RIGHT) - 1))
def test_no_single_byte_can_be_left_out(place: int) -> None:
    assert not holds(RIGHT[:place] + RIGHT[place + 1 :])


@given(st.integers(0, len(RIGHT)), st.sampled_from(["\n", " ", "0", "shake tg:1003\n", "hat: 0\n", "note: x\n", "\r", "\0"]))
def test_nothing_can_be_added(place: int, more: str) -> None:
    assert not holds(RIGHT[:place] + more + RIGHT[place:])


def test_an_upper_case_secret_is_another_text() -> None:
    assert not holds(RIGHT.replace(SECRET.hex(), SECRET.hex().upper()))


def test_another_secret_with_everything_recomputed_is_not_the_one_that_was_sealed() -> None:
    forged = lots.receipt(document(), bytes(32), SHAKES)
    assert not holds(forged)
    sealed = f"hat: {lots.commitment(bytes(32))}\n"
    assert not holds(forged + sealed)
    assert not holds(forged.replace("--- receipt\n", f"--- receipt\n{sealed}"))


def test_a_shake_from_outside_or_twice_does_not_count() -> None:
    assert not holds(receipt((*SHAKES, "tg:9999")))
    assert not holds(receipt((*SHAKES, SHAKES[0])))


def test_a_label_that_stands_twice_in_the_pool_gains_nothing() -> None:
    twice = document(labels=(*LABELS, LABELS[0]))
    assert not holds(lots.receipt(twice, SECRET, SHAKES))


def test_what_is_wrong_is_named() -> None:
    wrong = RIGHT.replace("shake tg:1002\n", "")
    with pytest.raises(AssertionError, match=r"it says 'chance: [0-9a-f]{64}' where 'chance: [0-9a-f]{64}' should stand"):
        check(wrong)


def test_what_is_wrong_is_shown_without_its_control_characters() -> None:
    with pytest.raises(AssertionError, match=r"x1b\[2J") as wrong:
        check(RIGHT.replace("chance: ", "chance: \x1b[2J"))
    assert str(wrong.value).isprintable()


@pytest.mark.parametrize("text", ["", "\n", "draw-v1\n", "--- receipt\n", document(), RIGHT.partition("--- receipt")[2]], ids=repr)
def test_what_is_no_receipt_does_not_hold(text: str) -> None:
    assert not holds(text)


# the script by itself


def test_the_script_is_twenty_lines_of_standard_library() -> None:
    source = SCRIPT.read_text()
    assert len(source.splitlines()) <= 20
    imported = {alias.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= sys.stdlib_module_names
    assert "import" not in source.replace("import hashlib", "", 1)


@pytest.mark.parametrize("options", [[], ["-O"], ["-OO", "-I", "-S"]], ids=str)
def test_the_script_runs_alone_and_refuses_however_it_is_run(tmp_path: Path, options: list[str]) -> None:
    """Also where Python is told to leave assertions out."""
    right, wrong = tmp_path / "right.txt", tmp_path / "wrong.txt"
    right.write_bytes(RIGHT.encode())
    wrong.write_bytes(RIGHT.replace("tg:1003\n", "tg:1004\n").encode())
    command = [sys.executable, *options, str(SCRIPT)]
    told = subprocess.run([*command, str(right)], capture_output=True, text=True, cwd=tmp_path, check=True).stdout
    assert told.split() == check(RIGHT)
    assert subprocess.run([*command, str(wrong)], capture_output=True, cwd=tmp_path).returncode != 0


def test_the_report_says_it_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "D-17-receipt.txt"
    file.write_bytes(RIGHT.encode())
    assert report.draw(file) == report.RIGHT
    assert capsys.readouterr().out.splitlines() == [
        "This draw holds. The order:",
        *(f"{n}. {label}" for n, label in enumerate(check(RIGHT), 1)),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (RIGHT.replace("tg:1003", "tg:1004", 1).encode(), report.WRONG),
        (RIGHT.replace("secret: ", "secret: zz").encode(), report.WRONG),
        (RIGHT.replace("secret: ", "secret! ").encode(), report.WRONG),
        (RIGHT.replace("\n", "\r\n").encode(), report.UNREADABLE),
        (RIGHT.encode("utf-16"), report.UNREADABLE),
        (b"", report.UNREADABLE),
        (b"\xff" * 100, report.UNREADABLE),
        (document().encode(), report.UNREADABLE),
        (None, report.UNREADABLE),
    ],
)
def test_the_report_of_what_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, code: int
) -> None:
    file = tmp_path / "D-17-receipt.txt"
    if content is not None:
        file.write_bytes(content)
    assert report.draw(file) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "Traceback" not in told.err


def test_fingerprints_are_of_the_bytes_that_are_attached() -> None:
    assert f"pool-sha256: {hashlib.sha256(document().encode()).hexdigest()}" in RIGHT
