"""What an idle bot takes, what it weighs with 1,000 groups that speak, and how soon it answers with 100,000 events behind it."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from sqlalchemy import insert
from sqlalchemy.orm import Session

from models import SeenRow
from models.database import Database
from tests.bench.lives import bot, prepare, spent
from tests.support.botapi.remote import Remote, running
from tests.support.moot import START

GROUPS, EVENTS = 1_000, 100_000
CALM, IDLE = 45.0, 60.0  # seconds until what the first words brought about is done, and of the look


def main() -> None:
    with running() as remote, tempfile.TemporaryDirectory() as folder:
        people = [remote.person(f"P{number}") for number in range(GROUPS)]
        chats = [remote.group(members=[each]) for each in people]
        url = f"sqlite:///{Path(folder) / 'moot.sqlite'}"
        prepare(url, [(chat, [each]) for chat, each in zip(chats, people, strict=True)])
        with bot("folkmoot", remote) as process:
            tell_idle("nobody has spoken", process)
        with bot("folkmoot", remote, url) as process:
            say_everywhere(remote, people, chats)
            tell_idle(f"{GROUPS:,} groups have spoken", process)
        database = Database(url)
        database.transact(remember)
        database.close()
        tell_start(remote, url, people[0], chats[0])


def tell_idle(when: str, process: psutil.Process) -> None:
    time.sleep(CALM)
    before = spent(process)
    time.sleep(IDLE)
    print(f"idle, {when}: {megabytes(process):.0f} MB, {(spent(process) - before) / IDLE:.2%} of a CPU")


def megabytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 1e6


def say_everywhere(remote: Remote, people: list[int], chats: list[int]) -> None:
    for person, chat in zip(people, chats, strict=True):
        remote.says(person, chat, "/who")
    wait(lambda: remote.call("state")["calls"].get("sendMessage", 0) >= GROUPS)


def remember(db: Session) -> None:
    rows = [{"platform": "telegram", "event_id": f"update:{number}", "seen_at": START} for number in range(EVENTS)]
    db.execute(insert(SeenRow), rows)


def tell_start(remote: Remote, url: str, person: int, chat: int) -> None:
    before = len(remote.messages(chat))
    remote.says(person, chat, "/who")
    began = time.monotonic()
    with bot("folkmoot", remote, url):
        ready = time.monotonic() - began
        wait(lambda: len(remote.messages(chat)) > before + 1)
        print(f"start with {EVENTS:,} events stored: ready in {ready:.2f} s, first answer in {time.monotonic() - began:.2f} s")


def wait(condition: Callable[[], bool], limit: float = 300) -> None:
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


if __name__ == "__main__":
    main()
