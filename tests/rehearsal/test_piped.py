"""Scripts played through `folkmoot try`, as a newcomer pipes them."""

import os
import re
import subprocess
import sys
from pathlib import Path

from bot.verifying.draw import check

ROOT = Path(__file__).parents[2]
WHOLE = "anna: /join\nben: /join\ncleo: /join\nanna: /draw facilitator\n"


def play(home: Path, script: str, *options: str) -> str:
    """What the room shows; it must end well and say nothing on standard error."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    command = [sys.executable, "-m", "bot", "try", *options]
    done = subprocess.run(command, input=script.encode(), cwd=ROOT, env=environment, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


def test_a_draw_that_is_open_when_the_script_ends_is_drawn_all_the_same(tmp_path: Path) -> None:
    shown = play(tmp_path, WHOLE)
    assert "D-1: lots for facilitator" in shown
    assert shown.index("D-1: lots for facilitator") < shown.index("D-1: drawn for facilitator")


def test_the_demonstration_in_the_readme_is_a_whole_draw(tmp_path: Path) -> None:
    script = re.search(r"```demo\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert script is not None
    assert 35 <= len(script[1].splitlines()) <= 48
    shown = play(tmp_path, script[1])
    for words in (
        "declined.",
        "accepted.",
        "the seat passes on",
        "1. Who was in",
        "D-1 already drew lots",
        "D-3, the result",
        "all is well",
    ):
        assert words in shown
    receipt = tmp_path / ".local/share/folkmoot/rehearsal-files/D-1-receipt.txt"
    assert len(check(receipt.read_text())) == 5


def test_the_same_seed_plays_the_same_draw(tmp_path: Path) -> None:
    def drawn(seed: str) -> list[str]:
        return re.findall(r"My secret, now open: (\w+)", play(tmp_path, WHOLE, "--seed", seed))

    assert drawn("oak") == drawn("oak") != drawn("ash")


def test_a_room_kept_in_a_file_goes_on_in_the_next_script(tmp_path: Path) -> None:
    file = str(tmp_path / "kept.sqlite")
    play(tmp_path, "anna: /join\n", "--db", file)
    assert "In the hat, 1 name: Anna." in play(tmp_path, "ben: /who\n", "--db", file)


def test_odd_lines_do_no_harm(tmp_path: Path) -> None:
    odd = ["", "?", "anna", "anna:", ": hello", "-", "anna: 99", "\ufeffanna: /who", "anna: \ufffd", "+0s", "+999999999w"]
    shown = play(tmp_path, "".join(f"{line}\nben: /who\n" for line in ["anna: /join", *odd]))
    after = shown.split("ben: /who")[1:]
    assert len(after) == len(odd) + 1
    assert all("In the hat, 1 name: Anna." in text for text in after)


def test_names_that_look_the_same_are_one_person(tmp_path: Path) -> None:
    shown = play(tmp_path, "josé: /join\njose\u0301: /join\nJOSÉ\u2060: /join\nanna: /who\n")
    assert "In the hat, 1 name: José." in shown


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    command = f"printf 'anna: /join\\n%.0s' $(seq 200) | {sys.executable} -m bot try | head -1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=os.environ | {"HOME": str(tmp_path)}, capture_output=True, check=True
    )
    assert done.stdout.decode().startswith("folkmoot:")
    assert done.stderr == b""


def test_everybody_has_a_private_chat(tmp_path: Path) -> None:
    shown = play(tmp_path, "anna> /help nonsense\nben> 2\nben> hello\nanna: ^ /help\ncleo> -\n")
    assert "folkmoot (to Anna):\n  I know no command nonsense" in shown
    assert "ben> hello\nanna: ^ /help\nfolkmoot:\n" in shown
