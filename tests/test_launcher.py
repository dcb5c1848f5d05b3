"""`./folkmoot`: from a bare checkout to a running command, whatever the machine is like."""

import ast
import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.checkout import LAUNCHER, Checkout, write
from tests.support.waiting import await_true

ONE_LINE = "Setting up Folkmoot (about a minute, once)…"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """On a Python that has pip and no ensurepip, which makes .venv quickly."""
    return Checkout(tmp_path / "a checkout").without("ensurepip")


def test_a_first_start_sets_up_and_later_starts_say_nothing_of_it(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "a checkout")
    assert checkout.start("try", "--plain", "a b", typed="anna: hello") == (0, "bot|try|--plain|a b|anna: hello", ONE_LINE)
    assert checkout.start() == (0, "bot|", "")
    assert checkout.builds == 1


def test_the_first_start_finds_all_compiled(checkout: Checkout) -> None:
    write(checkout.folder / "bot" / "seldom.py", "")
    checkout.start()
    assert list((checkout.folder / "bot").rglob("seldom.*.pyc"))


def test_new_dependencies_are_installed_at_the_next_start(checkout: Checkout) -> None:
    checkout.start()
    write(checkout.folder / "constraints.txt", "helping-hand==0\n")
    assert checkout.start() == (0, "bot|", ONE_LINE)
    assert checkout.start() == (0, "bot|", "")


def test_a_symlink_starts_the_folder_that_it_points_to(checkout: Checkout, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere"
    link.symlink_to(checkout.folder / "folkmoot")
    assert checkout.start("who", launcher=link) == (0, "bot|who|", ONE_LINE)
    assert checkout.venv.exists()


def test_a_module_of_the_same_name_in_the_present_folder_is_not_run(checkout: Checkout, tmp_path: Path) -> None:
    write(tmp_path / "bot.py", "raise SystemExit('the wrong bot')")
    assert checkout.start("who", cwd=tmp_path)[:2] == (0, "bot|who|")


def test_the_development_group_comes_with_the_first_test(checkout: Checkout) -> None:
    checkout.start()
    assert not (checkout.packages / "helping_hand.pth").exists()
    assert checkout.start("test", "-k", "draw") == (0, "check|-k|draw|", ONE_LINE)
    assert (checkout.packages / "helping_hand.pth").exists()
    assert checkout.start("try") == (0, "bot|try|", "")


def test_what_works_goes_on_working_when_the_development_group_cannot_be_had(checkout: Checkout) -> None:
    checkout.start()
    shutil.rmtree(checkout.folder / "helper")
    assert checkout.start("test")[0] == 1
    assert checkout.start("try") == (0, "bot|try|", "")


def test_two_first_starts_at_once_set_up_once(checkout: Checkout) -> None:
    write(checkout.folder / "slow", "")
    first = checkout.popen("try")
    await_true(lambda: checkout.builds == 1, "the first build")
    second = checkout.popen("who")
    assert second.stderr is not None
    assert second.stderr.readline().strip() == "Folkmoot is being set up by another start; waiting for it…"
    (checkout.folder / "slow").unlink()
    assert first.communicate()[0].strip() == "bot|try|"
    assert second.communicate() == ("bot|who|\n", "")
    assert checkout.builds == 1


def test_a_set_up_that_was_killed_is_done_again_from_the_ground(checkout: Checkout) -> None:
    write(checkout.folder / "slow", "")
    killed = checkout.popen("try", start_new_session=True)
    await_true(lambda: checkout.builds == 1, "the first build")
    write(checkout.packages / "half.py", "")
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    (checkout.folder / "slow").unlink()
    assert checkout.start("try") == (0, "bot|try|", ONE_LINE)
    assert not (checkout.packages / "half.py").exists()


def test_an_interpreter_that_is_gone_is_replaced(checkout: Checkout) -> None:
    checkout.start()
    python = checkout.venv / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert checkout.start("try") == (0, "bot|try|", ONE_LINE)


def test_a_venv_that_was_made_by_hand_is_used(checkout: Checkout) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", checkout.venv], check=True)
    write(checkout.packages / "mine.py", "")
    assert checkout.start("try") == (0, "bot|try|", ONE_LINE)
    assert (checkout.packages / "mine.py").exists()


def test_a_folder_that_moved_is_installed_anew(checkout: Checkout, tmp_path: Path) -> None:
    checkout.start()
    checkout.folder = checkout.folder.rename(tmp_path / "moved")
    assert checkout.start("try") == (0, "bot|try|", ONE_LINE)


def test_uv_is_used_where_there_is_one(checkout: Checkout) -> None:
    asked = checkout.without("ensurepip", "venv").with_uv()
    assert checkout.start("try") == (0, "bot|try|", ONE_LINE)
    assert asked.read_text().splitlines() == ["venv --python", "pip install"]


def test_pip_takes_over_where_uv_fails(checkout: Checkout) -> None:
    checkout.with_uv(works=False)
    assert checkout.start("try") == (0, "bot|try|", ONE_LINE)


def test_a_python_without_venv_is_told_what_to_install(checkout: Checkout) -> None:
    checkout.without("ensurepip", "pip")
    sentence = "Folkmoot needs Python's venv module: on Debian or Ubuntu, install python3-venv."
    assert checkout.start("try") == (1, "", sentence)


def test_an_old_python_is_told_which_to_install(checkout: Checkout) -> None:
    pretend = "import runpy, sys; sys.version_info = (3, 8, 10); runpy.run_path(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", pretend, LAUNCHER], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Folkmoot needs Python 3.11 or newer, not 3.8: install one and start `python3.13 folkmoot`.\n"


def test_an_old_python_can_read_the_launcher_that_far() -> None:
    ast.parse(LAUNCHER.read_text(), feature_version=(3, 6))


def test_without_a_network_one_sentence_says_what_could_not_be_fetched(checkout: Checkout) -> None:
    text = (checkout.folder / "pyproject.toml").read_text()
    write(checkout.folder / "pyproject.toml", text.replace("requires = []", 'requires = ["hatchling>=1"]'))
    checkout.environment |= {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"}
    code, said, complained = checkout.start("try")
    sentence = "Folkmoot could not fetch hatchling: connect this machine to the network and start again."
    assert (code, said, complained) == (1, "", f"{ONE_LINE}\n{sentence}")


def test_a_failure_shows_what_the_installer_said_and_the_next_start_tries_again(checkout: Checkout) -> None:
    write(checkout.folder / "broken", "")
    code, said, complained = checkout.start("try")
    assert (code, said) == (1, "")
    assert re.fullmatch(
        f"{re.escape(ONE_LINE)}.*the backend is out of order.*what the installer said stands above.", complained, re.DOTALL
    )
    (checkout.folder / "broken").unlink()
    assert checkout.start("try") == (0, "bot|try|", ONE_LINE)


def test_a_folder_that_lacks_a_file_is_named(checkout: Checkout) -> None:
    (checkout.folder / "constraints.txt").unlink()
    sentence = f"Folkmoot could not be set up in {checkout.folder}: no such file or directory."
    assert checkout.start("try") == (1, "", sentence)


def test_a_folder_that_may_not_be_written_is_named(checkout: Checkout) -> None:
    checkout.folder.chmod(0o555)
    code, said, complained = checkout.start("try", preexec_fn=as_anybody)
    checkout.folder.chmod(0o755)
    assert (code, said) == (1, "")
    place = f"Folkmoot may not write to {checkout.folder}, where it keeps its parts in .venv"
    assert complained == f"{place}: copy the folder to a place of your own."


def as_anybody() -> None:
    """Lets root's next program respect permissions: without CAP_DAC_OVERRIDE."""
    if os.geteuid() == 0:
        drop_from_bounding_set, cap_dac_override = 24, 1
        ctypes.CDLL(None).prctl(drop_from_bounding_set, cap_dac_override, 0, 0, 0)
