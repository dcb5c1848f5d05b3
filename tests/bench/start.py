"""`python -m tests.bench.start`: what a start takes and an idle bot weighs, beside a process that only loads the libraries."""

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
BARE = "import telegram, nio, sqlalchemy, sys; sys.stderr.write('ready\\n'); sys.stderr.flush(); sys.stdin.read()"


@dataclass
class Figures:
    ready: list[float] = field(default_factory=list)  # seconds
    answered: list[float] = field(default_factory=list)  # seconds
    weight: list[float] = field(default_factory=list)  # MB, resident


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, platforms(Path(folder)) as (server, config):
        anna = server.person("Anna")
        room = server.group("Moot", members=[anna])
        ask = lambda: server.says(anna, room, "/who")  # noqa: E731
        bot, bare = Figures(), Figures()
        for _ in range(RUNS):
            measure([sys.executable, "-c", BARE], bare)
            measure([sys.executable, "-m", "bot", "run", "--config", str(config)], bot, answered_by(server, room, ask))
    tell("only the libraries loaded", bare)
    tell("folkmoot, both platforms connected, SQLite", bot)
    print(f"ratio: ready {median(bot.ready) / median(bare.ready):.2f}, weight {median(bot.weight) / median(bare.weight):.2f}")


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
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
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
