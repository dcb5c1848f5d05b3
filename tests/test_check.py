"""`./folkmoot test`: what it runs, how it words it, and that its last line is pytest's."""

import subprocess
import sys
from pathlib import Path

from tests.check import ROOT, STATIC, options, pins, verdict
from tests.support.checkout import write

WITH_A_FAILED_STYLE = """
import sys, pytest
from tests.check import Reminder, Verdict
pytest.main(["-n", "0", "-c", sys.argv[1], sys.argv[2]], plugins=[Reminder([Verdict("style", False, 0.1, "")])])
"""


def test_all_runs_the_long_suites_too_and_the_rest_is_for_pytest() -> None:
    assert options(["-k", "draw"]) == ["-k", "draw"]
    assert options(["--all", "-k", "draw"]) == ["-m", "", "-k", "draw"]


def test_every_tool_is_there() -> None:
    assert [name for name, (tool, *_) in STATIC.items() if not Path(sys.executable).with_name(tool).exists()] == []


def test_a_tool_that_finds_fault_is_quoted(tmp_path: Path) -> None:
    write(tmp_path / "unused.py", "import os\n")
    found = verdict("style", "ruff", "check", "--select", "F", str(tmp_path))
    assert (found.passed, found.line.split()[:2]) == (False, ["style", "FAILED"])
    assert "F401" in found.told


def test_the_last_line_is_that_of_pytest(tmp_path: Path) -> None:
    write(tmp_path / "pytest.ini", "[pytest]\naddopts = -q\n")
    write(tmp_path / "test_one.py", "def test_one(): pass\n")
    command = [sys.executable, "-c", WITH_A_FAILED_STYLE, str(tmp_path / "pytest.ini"), str(tmp_path)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert (said[-2], said[-1].split(" in ")[0]) == ("style    FAILED in 0.1s", "1 passed")


def test_pins_are_of_others_and_sorted() -> None:
    names = [pin.partition("==")[0] for pin in pins()]
    assert names == sorted(names)
    assert not {"folkmoot", "pip"} & {*names}
