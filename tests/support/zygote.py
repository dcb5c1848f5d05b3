"""Bot processes without the wait: a process that has imported everything forks a child for each life.

It is told in lines of JSON on its standard input, and answers each on its standard output: `{"run": [arguments], "stderr": path,
"environment": {}}` with `{"pid": 4711}`, and `{"look": 4711}` with `{"code": null}` until that life is over. It ends, and its
children with it, when its input does. A child is what `python -m bot` would be: no thread and no loop exists before the fork.
"""

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 30.0  # seconds in which a life must do what is waited for
GLANCE = 0.005  # seconds
AHEAD = "CLOCK_AHEAD"  # in a life's environment: by how many seconds its clock is ahead of this machine's
EVERYTHING = (
    *("bot.running", "bot.app", "bot.features", "adapters.telegram", "adapters.matrix", "migrations.upgrade"),
    *("alembic.command", "aiohttp.client", "telegram.ext", "sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql.psycopg"),
)


class Life:
    """One run of the bot, from its start to its end."""

    def __init__(self, zygote: "Zygote", pid: int, stderr: Path, said_before: int) -> None:
        self.zygote, self.pid, self.stderr = zygote, pid, stderr
        self.code: int | None = None  # negative: the signal that ended it
        self.began = time.monotonic()
        self.said_before = said_before

    @property
    def over(self) -> bool:
        if self.code is None:
            self.code = self.zygote.ask(look=self.pid)["code"]
        return self.code is not None

    @property
    def age(self) -> float:
        """Seconds since its start."""
        return time.monotonic() - self.began

    def signal(self, number: int) -> None:
        if not self.over:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """As a power cut would; returns when it is gone."""
        self.signal(signal.SIGKILL)
        self.wait()

    def dies_at(self, age: float) -> None:
        """Killed when it is so many seconds old, and not over before."""
        self.until(lambda: self.age >= age, age + LIMIT)
        assert not self.over, self.said()
        self.kill()

    def terminate(self) -> int:
        """Ask it to stop; returns its exit code."""
        self.signal(signal.SIGTERM)
        return self.wait()

    def wait(self, limit: float = LIMIT) -> int:
        self.until(lambda: self.over, limit)
        assert self.code is not None
        return self.code

    def said(self) -> str:
        """What it has written to standard error."""
        with self.stderr.open("rb") as file:
            file.seek(self.said_before)
            return file.read().decode(errors="replace")

    @property
    def is_ready(self) -> bool:
        return "ready\n" in self.said()

    def until_ready(self, limit: float = LIMIT) -> float:
        """Seconds from its start until it said so."""
        self.until(lambda: self.is_ready or self.over, limit)
        assert self.is_ready, f"it ended with {self.code}:\n{self.said()}"
        return self.age

    def until(self, passes: Any, limit: float) -> None:
        end = time.monotonic() + limit
        while not passes():
            assert time.monotonic() < end, f"waited {limit} s in vain; it said:\n{self.said()}"
            time.sleep(GLANCE)


class Zygote:
    """The test's end of the pipe. Not to be shared by threads."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()) == {"ready": True}

    def ask(self, **told: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(told) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def run(self, arguments: Sequence[str], stderr: Path, environment: Mapping[str, str] | None = None) -> Life:
        """`folkmoot ARGUMENTS`; what it writes is appended to the file `stderr`."""
        stderr.touch(0o600)
        said_before = stderr.stat().st_size
        pid = self.ask(run=list(arguments), stderr=str(stderr), environment=dict(environment or {}))["pid"]
        return Life(self, pid, stderr, said_before)


@contextmanager
def zygote(**environment: str) -> Iterator[Zygote]:
    """Ends with the block, and with it every life that is not over."""
    command, pipe = [sys.executable, "-m", "tests.support.zygote"], subprocess.PIPE
    surroundings = {**os.environ, **environment}
    with subprocess.Popen(command, cwd=ROOT, env=surroundings, stdin=pipe, stdout=pipe, text=True, bufsize=1) as process:
        yield Zygote(process)


def main() -> int:
    """The other end: in the zygote it returns when the input ends; in each child with the bot's exit code."""
    prepare()
    answer({"ready": True})
    alive: set[int] = set()
    for line in iter(sys.stdin.readline, ""):
        asked = json.loads(line)
        if "look" in asked:
            answer({"code": look(asked["look"], alive)})
        elif pid := os.fork():
            alive.add(pid)
            answer({"pid": pid})
        else:
            return live(asked["run"], asked["stderr"], asked["environment"])
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
    return 0


def prepare() -> None:
    """Import all that a bot imports, and nothing that would not survive a fork."""
    for name in EVERYTHING:
        importlib.import_module(name)
    sys.modules["sqlalchemy.orm"].configure_mappers()
    assert threading.active_count() == 1
    gc.collect()
    gc.freeze()


def answer(told: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def look(pid: int, alive: set[int]) -> int | None:
    """How it ended, once."""
    found, status = os.waitpid(pid, os.WNOHANG)
    if found:
        alive.discard(pid)
    return os.waitstatus_to_exitcode(status) if found else None


def live(arguments: list[str], stderr: str, environment: Mapping[str, str]) -> int:
    """What the launcher's process does, from here on."""
    nothing, words = os.open(os.devnull, os.O_RDONLY), os.open(stderr, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for source, target in ((nothing, 0), (words, 1), (words, 2)):
        os.dup2(source, target)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ.update(environment)
    if AHEAD in environment:
        put_forward(float(environment[AHEAD]))
    from bot.cli import main as folkmoot

    return folkmoot(arguments)


def put_forward(seconds: float) -> None:
    """As if this machine's clock went so far ahead."""
    from bot import running
    from bot.clock import SystemClock

    class Ahead(SystemClock):
        def __init__(self) -> None:
            super().__init__()
            self.advance(timedelta(seconds=seconds))

    vars(running)["SystemClock"] = Ahead


if __name__ == "__main__":
    raise SystemExit(main())
