"""Time, chance and fakes come from one place each, and every module has its place among the layers."""

import sys
import tomllib
from pathlib import Path

from tests.habits.tree import ROOT, calls, dotted, imported, python, text

CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "time.sleep"}
STOPWATCHES = {"time.monotonic", "time.perf_counter"}  # for time-outs, in adapters only
CHANCE = {"random", "secrets", "uuid", "os.urandom"}
KEYS = {"secrets", "uuid", "os.urandom"}  # adapters make cryptographic keys and ids that their platforms want
MOCKS = {"unittest.mock", "mock", "pytest_mock", "Mock", "MagicMock", "AsyncMock", "mock.patch"}


def used(path: Path) -> set[str]:
    """What a file imports, and the last two parts of each name that it calls: `datetime.datetime.now` is `datetime.now`."""
    return {".".join(dotted(call.func).split(".")[-2:]) for call in calls(path)} | set(imported(path))


def users(forbidden: set[str], *folders: str) -> dict[str, set[str]]:
    """The files below these folders that use any of this, and what."""
    found = {str(path): used(path) & forbidden for path in python(*folders)}
    return {path: names for path, names in found.items() if names}


def test_only_the_clock_reads_the_time() -> None:
    assert users(CLOCKS | STOPWATCHES, "bot", "models", "migrations").keys() == {"bot/clock.py"}
    assert users(CLOCKS, "adapters") == {}


def test_only_the_dice_make_chance() -> None:
    assert users(CHANCE, "bot", "models", "migrations").keys() == {"bot/dice.py"}
    assert users(CHANCE - KEYS, "adapters") == {}


def test_fakes_behave() -> None:
    assert users(MOCKS, "tests") == {}


def test_no_test_sleeps() -> None:
    """The support waits for real processes, and a benchmark lets them idle."""
    assert [path for path in users({"time.sleep"}, "tests") if not path.startswith(("tests/support/", "tests/bench/"))] == []


def test_checking_a_draw_needs_python_alone() -> None:
    for path in python("bot"):
        ours = path.parts[:2] == ("bot", "verifying")
        foreign = {name for name in imported(path) if name.partition(".")[0] not in sys.stdlib_module_names}
        assert not ours or all(name.startswith("bot.verifying") for name in foreign), path


def test_every_module_has_its_place_among_the_layers() -> None:
    contracts = tomllib.loads(text(Path("pyproject.toml")))["tool"]["importlinter"]["contracts"]
    layers = {name.strip() for layer in contracts[0]["layers"] for name in layer.split("|")}
    modules = {f"bot.{path.stem}" for path in (ROOT / "bot").glob("*") if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert layers == (modules - {"bot.__init__"}) | {"adapters", "models", "migrations"}
