"""`python -m tests.bench.processes`: votes worked off by one, two and four processes that share one PostgreSQL.

The processes are at work when people begin to vote, in many groups; the time runs until all is counted.
"""

import os
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.kills.house import House
from tests.support.botapi.remote import Remote, running
from tests.support.postgres import shared
from tests.support.waiting import await_true
from tests.support.zygote import Life, Zygote, zygote

GROUPS, PEOPLE, TURNS = 25, 40, 10  # each person votes so often, for another option each time
PATIENCE = 600.0  # seconds
VOTES = GROUPS * PEOPLE * TURNS
WAITING = "SELECT (SELECT count(*) FROM arrivals), (SELECT count(*) FROM seen WHERE event_id LIKE 'tap:%')"


@dataclass
class Town:
    """Groups in which everybody belongs and a poll is open."""

    remote: Remote
    groups: dict[int, list[int]] = field(default_factory=dict)

    def found(self) -> None:
        for n in range(GROUPS):
            people = [self.remote.person(f"P{n}x{each}") for each in range(PEOPLE)]
            chat = self.remote.group(f"Group {n}", members=people, bot=None)
            self.remote.call("adds_bot", person=people[0], chat=chat)
            self.groups[chat] = people

    def press(self, words: str, label: str) -> None:
        for chat, people in self.groups.items():
            self.remote.taps(people, chat, self.board(chat, words), label)

    def board(self, chat: int, words: str) -> int:
        def standing() -> list[int]:
            return [int(each["id"]) for each in self.remote.messages(chat) if words in each["text"] and each["buttons"]]

        await_true(lambda: bool(standing()), words, PATIENCE)
        return standing()[-1]


def main() -> None:
    print(f"{VOTES} votes in {GROUPS} groups, {os.cpu_count()} cores for all processes, PostgreSQL and the platform's server")
    alone = 0.0
    for processes in (1, 2, 4):
        rate, cpu = measured(processes)
        alone = alone or rate
        print(
            f"{processes} processes: {rate:.0f} votes a second ({rate / alone:.2f} of one), {cpu:.2f} ms of their CPU a vote",
            flush=True,
        )


def measured(processes: int) -> tuple[float, float]:
    """Votes a second, and milliseconds of CPU of all processes together for each."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(shared(folder / "server"))
        url = stack.enter_context(server.database())
        remote, bots = stack.enter_context(running(lasting=True)), stack.enter_context(zygote())
        house = ready_house(bots, folder / "house", url, remote)
        return race(house, remote, processes)


def ready_house(bots: Zygote, folder: Path, url: str, remote: Remote) -> House:
    house = House(bots, folder, url=url).on_telegram(remote)
    house.sections["database"]["shared"] = True
    return house


def race(house: House, remote: Remote, processes: int) -> tuple[float, float]:
    town = Town(remote)
    town.found()
    setting_up = house.starts_well()
    town.press("I am Folkmoot.", "Count me in")
    for chat, people in town.groups.items():
        remote.says(people[0], chat, "/poll Lunch? | Soup | Salad")
    for chat in town.groups:
        town.board(chat, "Lunch?")
    taken = seen(house)
    setting_up.terminate()
    lives = [house.starts_well() for _ in range(processes)]
    began, before = time.monotonic(), sum(map(spent, lives))
    for turn in range(TURNS):
        town.press("Lunch?", ("Soup", "Salad")[turn % 2])
    await_true(lambda: house.rows(WAITING) == [(0, taken + VOTES)], "all votes", PATIENCE)
    took, cpu = time.monotonic() - began, sum(map(spent, lives)) - before
    for life in lives:
        life.terminate()
    return VOTES / took, cpu / VOTES * 1000


def seen(house: House) -> int:
    await_true(lambda: house.rows(WAITING)[0][0] == 0, "nothing that waits", PATIENCE)
    return int(house.rows(WAITING)[0][1])


def spent(life: Life) -> float:
    """Seconds of CPU."""
    times = psutil.Process(life.pid).cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    main()
