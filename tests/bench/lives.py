"""Bots in processes of their own, on a test server in another, and what they take of the machine."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
from sqlalchemy import insert
from sqlalchemy.orm import Session

from models import AccountRow, ChatRow, GroupRow, MemberRow, PersonRow
from models.database import Database
from tests.support.botapi.remote import ROOT, Remote
from tests.support.moot import START, furnish

SURROUNDINGS = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
BARE = {"ptb": "tests.bench.bots.ptb", "aiogram": "tests.bench.bots.aiogrambot", "floor": "tests.bench.bots.floor"}


@contextmanager
def process(*module: str, folder: str = "") -> Iterator[psutil.Process]:
    """A process that has said that it is ready. What else it says goes to where nobody reads it."""
    surroundings = SURROUNDINGS | ({"XDG_DATA_HOME": folder} if folder else {})
    command = [sys.executable, "-m", *module]
    with subprocess.Popen(command, cwd=ROOT, env=surroundings, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as made:
        try:
            assert made.stderr is not None
            told = made.stderr.readline()
            assert told == b"ready\n", told
            os.set_blocking(made.stderr.fileno(), False)
            yield psutil.Process(made.pid)
        finally:
            made.terminate()


@contextmanager
def bot(kind: str, remote: Remote, url: str = "", prepared: Sequence[tuple[int, Sequence[int]]] = ()) -> Iterator[psutil.Process]:
    """A bare bot, or ours on a database of its own. `prepared`: chats, and who is on the roll in each."""
    if kind in BARE:
        with process(BARE[kind], remote.token, remote.base_url) as made:
            yield made
        return
    with tempfile.TemporaryDirectory() as folder:
        url = url or f"sqlite:///{folder}/moot.sqlite"
        prepare(url, prepared)
        with process("bot", "run", "--config", str(config(Path(folder), remote, url)), folder=folder) as made:
            yield made


def config(folder: Path, remote: Remote, url: str) -> Path:
    file = folder / "config.toml"
    file.write_text(
        f'[database]\nurl = "{url}"\n[group]\ndigest = "off"\n'
        f'[telegram]\ntoken = "{remote.token}"\nbase_url = "{remote.base_url}"\n'
    )
    file.chmod(0o600)
    return file


def prepare(url: str, chats: Sequence[tuple[int, Sequence[int]]]) -> None:
    """A database in which these people are on the rolls of these chats' groups, as if they had joined long ago."""
    furnish(url)
    database = Database(url)
    for chat, people in chats:
        database.transact(settle_in, chat, people)
    database.close()


def settle_in(db: Session, chat: int, people: Sequence[int]) -> None:
    group = GroupRow(title="Moot", created_at=START)
    db.add(group)
    db.flush()
    db.add(ChatRow(platform="telegram", ref=str(chat), kind="group", title="Moot", group_id=group.id, created_at=START))
    db.execute(insert(PersonRow), [{"id": each, "created_at": START} for each in people])
    names = {"platform": "telegram", "handle": ""}
    accounts = [names | {"id": each, "ref": str(each), "name": f"P{each}", "person_id": each} for each in people]
    db.execute(insert(AccountRow), accounts)
    member = {"group_id": group.id, "joined_at": START, "in_hat": True}
    db.execute(insert(MemberRow), [member | {"person_id": each, "account_id": each} for each in people])


def spent(process: psutil.Process) -> float:
    """Seconds of CPU until now, of the process and its threads."""
    times = process.cpu_times()
    return float(times.user + times.system)
