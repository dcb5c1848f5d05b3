"""What a start takes and an idle bot weighs, beside a process that only loads the libraries.

Both run in a fresh copy of the last commit, set up by its launcher as a user's is: without the tools of developers, which libraries
load where they find them. The first start makes the database.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

from tests.support.botapi.remote import ROOT, Remote, running
from tests.support.synapse import Synapse

RUNS = 5
IDLE = 5.0  # seconds until the weight is taken
SURROUNDINGS = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
BARE = "import telegram, nio, sqlalchemy, sys; sys.stderr.write('ready\\n'); sys.stderr.flush(); sys.stdin.read()"


@dataclass
class Figures:
    ready: list[float] = field(default_factory=list)  # seconds
    answered: list[float] = field(default_factory=list)  # seconds
    weight: list[float] = field(default_factory=list)  # MB, resident


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, platforms(Path(folder)) as (server, config):
        python = set_up(Path(folder) / "copy")
        anna = server.person("Anna")
        room = server.group("Moot", members=[anna])
        ask = lambda: server.says(anna, room, "/who")  # noqa: E731
        first, bot, bare = Figures(), Figures(), Figures()
        for run in range(RUNS + 1):
            measure([python, "-c", BARE], bare)
            measure([python, "-m", "bot", "run", "--config", str(config)], bot if run else first, answered_by(server, room, ask))
    tell("only the libraries loaded", bare)
    tell("folkmoot, both platforms connected, SQLite: the first start, which makes the database", first)
    tell("folkmoot, both platforms connected, SQLite: later starts", bot)
    print(f"ratio: ready {median(bot.ready) / median(bare.ready):.2f}, weight {median(bot.weight) / median(bare.weight):.2f}")


def set_up(copy: Path) -> str:
    """The Python of a fresh copy that its launcher has set up."""
    subprocess.run(["git", "clone", "-q", str(ROOT), str(copy)], check=True)
    subprocess.run([sys.executable, str(copy / "folkmoot"), "--version"], check=True)
    return str(copy / ".venv" / "bin" / "python")


@contextmanager
def platforms(folder: Path) -> Iterator[tuple[Remote, Path]]:
    (folder / "synapse").mkdir()
    synapse = Synapse(folder / "synapse")
    synapse.start()
    try:
        with running() as server:
            yield server, written(folder, server, synapse)
    finally:
        synapse.stop()


def written(folder: Path, server: Remote, synapse: Synapse) -> Path:
    account, config = synapse.register(), folder / "config.toml"
    config.write_text(
        f'[database]\nurl = "sqlite:///{folder}/moot.sqlite"\n'
        f'[telegram]\ntoken = "{server.token}"\nbase_url = "{server.base_url}"\n'
        f'[matrix]\nhomeserver = "{account.homeserver}"\nuser_id = "{account.user_id}"\n'
        f'password = "{account.password}"\nstore_dir = "{folder}/store"\n'
    )
    config.chmod(0o600)
    return config


def answered_by(server: Remote, room: int, ask: Callable[[], object]) -> Callable[[], bool]:
    """Asks something now; then says whether it has been answered."""
    before = len(server.messages(room)) + 1
    ask()
    return lambda: len(server.messages(room)) > before


def measure(command: list[str], figures: Figures, answered: Callable[[], bool] = lambda: True) -> None:
    began = time.monotonic()
    with subprocess.Popen(
        command, cwd=Path(command[0]).parents[2], env=SURROUNDINGS, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        figures.ready.append(time.monotonic() - began)
        while not answered():
            time.sleep(0.005)
        figures.answered.append(time.monotonic() - began)
        time.sleep(IDLE)
        figures.weight.append(psutil.Process(process.pid).memory_info().rss / 1e6)
        process.terminate()


def tell(what: str, figures: Figures) -> None:
    print(what)
    for name, values, unit in (
        ("ready", figures.ready, "s"),
        ("first command answered", figures.answered, "s"),
        ("resident, idle", figures.weight, "MB"),
    ):
        print(
            f"  {name}: {min(values):.2f} / {median(values):.2f} / {max(values):.2f} {unit} (least, median, most of {len(values)})"
        )


if __name__ == "__main__":
    main()
