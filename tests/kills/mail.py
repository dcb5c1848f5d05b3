"""Promises by the dozen, written straight into the outbox: numbered, in several rooms, some of them to be said at most once."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.message import message
from bot.clock import SystemClock
from bot.delivery.outbox import say
from models import ChatRow
from models.database import Database

NUMBERED = re.compile(r"(Result|Reminder) (\d+) for this room\.")


@dataclass
class Mail:
    """What was promised to one room, in order; True for what must arrive."""

    ref: str
    promised: list[bool] = field(default_factory=list)

    def next(self, must: bool) -> str:
        self.promised.append(must)
        return f"{'Result' if must else 'Reminder'} {len(self.promised)} for this room."

    def arrived(self, shown: Sequence[str]) -> Counter[int]:
        """Copies by number. In the room nothing comes before what was promised before it, and a result always comes."""
        found = [int(match[2]) for text in shown if (match := NUMBERED.fullmatch(text))]
        copies = Counter(found)
        assert list(copies) == sorted(copies), f"{self.ref}: out of order: {found}"
        must = {number for number, must in enumerate(self.promised, start=1) if must}
        assert must <= copies.keys(), f"{self.ref}: never said: {sorted(must - copies.keys())}"
        twice = [number for number, times in copies.items() if times > 1 and number not in must]
        assert not twice, f"{self.ref}: said again although it must not be: {twice}"
        return copies


def promise(url: str, mails: Sequence[Mail], rng: random.Random, count: int) -> None:
    """So many more, here and there, in one transaction."""
    with closing(Database(url)) as database:
        database.transact(write_down, mails, rng, count)


def write_down(db: Session, mails: Sequence[Mail], rng: random.Random, count: int) -> None:
    now = SystemClock().now()
    for _ in range(count):
        mail, must = rng.choice(mails), rng.random() < 0.8
        chat = db.scalars(select(ChatRow).filter_by(ref=mail.ref)).one()
        words = mail.next(must)
        say(db, chat, message(words), key=f"mail:{chat.id}:{len(mail.promised)}", now=now, must=must)
