"""Presses that are answered, beside two bare bots that only count in memory, and what HTTP itself takes."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

import psutil

from tests.bench.lives import bot, spent
from tests.support.botapi.remote import Remote, running

CROWDS, LATENCIES = (1, 50, 100, 500), (0.0, 0.08)
TAPS = {1: 200, 50: 2_000, 100: 2_000, 500: 3_000}
FAR = 4  # that many times fewer alone, where each press takes a while
KINDS = ("floor", "ptb", "aiogram", "folkmoot")
WARM = 500  # presses before anything is measured


@dataclass(frozen=True)
class Run:
    """What a crowd's presses took. Times in seconds."""

    taps: int
    seconds: float
    cpu: float
    server_cpu: float
    middle: float
    slowest: float  # of a hundred, the slowest but one
    unanswered: int

    @property
    def a_second(self) -> float:
        return self.taps / self.seconds

    @property
    def cpu_ms(self) -> float:
        return self.cpu / self.taps * 1000

    def __str__(self) -> str:
        lost = f", {self.unanswered} unanswered" if self.unanswered else ""
        return (
            f"{self.a_second:6.0f} taps/s, {self.cpu_ms:.2f} ms of CPU a tap ({1000 / self.cpu_ms:.0f} taps per CPU second), "
            f"answered in {self.middle * 1000:.0f} ms (p50), {self.slowest * 1000:.0f} ms (p99){lost}; "
            f"server busy {self.server_cpu / self.seconds:.0%}"
        )


class Crowd:
    """People in one room, and the board in it."""

    def __init__(self, remote: Remote, server: psutil.Process) -> None:
        self.remote, self.server = remote, server
        self.people = [remote.person(f"P{number}") for number in range(max(CROWDS))]
        self.chat = remote.group(members=self.people)
        self.board, self.process = 0, server

    def open_board(self) -> None:
        self.remote.says(self.people[0], self.chat, "/poll Where do we meet? | Garden | Roof")
        end = time.monotonic() + 30
        while not (found := [each for each in self.remote.messages(self.chat) if each["buttons"]]):
            assert time.monotonic() < end, "no board"
            time.sleep(0.05)
        self.board = found[-1]["id"]

    @property
    def edits(self) -> int:
        return next(int(each["edits"]) for each in self.remote.messages(self.chat) if each["id"] == self.board)

    def press(self, people: int, taps: int) -> dict[str, Any]:
        facts = {"people": self.people[:people], "chat": self.chat, "message_id": self.board}
        return dict(self.remote.call("crowd", taps=taps, labels=["Garden", "Roof"], **facts))

    def run(self, people: int, taps: int, latency: float = 0.0) -> Run:
        self.remote.call("latency", seconds=latency)
        before, server = spent(self.process), spent(self.server)
        told = self.press(people, taps)
        cpu, server_cpu = spent(self.process) - before, spent(self.server) - server
        self.remote.call("latency", seconds=0.0)
        waited = told["waited"]
        cuts = quantiles(waited, n=100)
        return Run(taps, told["seconds"], cpu, server_cpu, cuts[49], cuts[98], told["unanswered"])


def main() -> None:
    """One kind after the other in each case, so that whatever else the machine does is shared alike."""
    with contextlib.ExitStack() as stack:
        scenes = {kind: stack.enter_context(scene(kind)) for kind in KINDS}
        for people, latency in ((people, latency) for people in CROWDS for latency in LATENCIES):
            print(f"{people} at once, {latency * 1000:.0f} ms of latency", flush=True)
            found = {kind: scene.run(people, taps(people, latency), latency) for kind, scene in scenes.items()}
            for kind, run in found.items():
                print(f"  {kind:9}{run}")
            print(f"  {ratios(found)}", flush=True)


@contextlib.contextmanager
def scene(kind: str) -> Iterator[Crowd]:
    """A bot of this kind on a server of its own, with a board and a crowd that has warmed up."""
    with running() as remote:
        crowd = Crowd(remote, psutil.Process(remote.pid))
        with bot(kind, remote, prepared=[(crowd.chat, crowd.people)]) as process:
            crowd.process = process
            crowd.open_board()
            crowd.press(50, WARM)
            yield crowd


def taps(people: int, latency: float) -> int:
    return TAPS[people] // (FAR if latency and people == 1 else 1)


def ratios(found: dict[str, Run]) -> str:
    ours = found["folkmoot"]
    theirs = [(kind, found[kind]) for kind in ("ptb", "aiogram")]
    return "; ".join(
        f"folkmoot / {kind}: taps per second {ours.a_second / run.a_second:.2f}, taps per CPU second {run.cpu_ms / ours.cpu_ms:.2f}"
        for kind, run in theirs
    )


if __name__ == "__main__":
    main()
