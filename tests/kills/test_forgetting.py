"""People who wish to be forgotten while the bot is killed: afterwards each is, and nothing of them is left in its files."""

import random
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.commons import exporting
from bot.verifying import chain, contents
from models import GroupRow
from models.database import Database
from tests.kills.conftest import Tell
from tests.kills.house import House
from tests.support.botapi.remote import Remote
from tests.support.waiting import await_true
from tests.support.zygote import Life

ASK = "Shall I forget you?"
KNOWN = "SELECT count(*) FROM accounts WHERE name LIKE 'Zelda%'"
LEFT = "SELECT (SELECT count(*) FROM erasures) + (SELECT count(*) FROM wishes)"
WAITING = "SELECT count(*) FROM promises WHERE state = 'waiting'"
WINDOW = "15s"  # of draws, in whose pools some are who wish to be forgotten
LONGEST = 600.0  # seconds: each that is forgotten has the whole file written anew
MOMENTS = 1.0  # seconds after the press within which the bot dies, soon after it most often


@dataclass
class Leaving:
    """Groups that people come to, speak in, and leave for good."""

    house: House
    remote: Remote
    rng: random.Random
    words: list[str] = field(default_factory=list)  # by which those who left could be known
    done_at_death: int = 0

    def __post_init__(self) -> None:
        self.house.sections["draw"]["window"] = WINDOW
        self.anna = self.remote.person("Anna")

    def lives_and_dies(self, number: int) -> None:
        """Somebody says this and that, wishes to be forgotten, and soon after their press the bot is gone."""
        mark = f"{number}{self.rng.randrange(10**6):06d}"
        who = self.remote.person(f"Zelda{mark}", f"quarx{mark}")
        self.chat = self.remote.group("Guild", members=[self.anna, who], bot=None)
        self.remote.call("adds_bot", person=self.anna, chat=self.chat)
        self.words += [f"zelda{mark}", f"quarx{mark}", f"zeugma{mark}"]
        life = self.house.starts_well()
        for words in ("/join", f"/label site: zeugma{mark}", f"/propose We change step {number}", f"/concern zeugma{mark} is near"):
            self.says(who, words)
        self.says(self.anna, self.rng.choice(("/who", "/who", f"/note Zelda{mark} will be missed", f"/draw cook{number}")))
        self.says(who, "/forget me", ASK)
        self.remote.taps([who], self.chat, self.shown(ASK)[-1], "Forget me")
        life.dies_at(life.age + MOMENTS * self.rng.random() ** 2)
        self.done_at_death += self.house.one(KNOWN) == 0

    def says(self, who: int, words: str, answer: str = "") -> None:
        asked = self.remote.says(who, self.chat, words)
        if answer:
            await_true(lambda: any(shown > asked for shown in self.shown(answer)), f"the answer to {words}")

    def shown(self, words: str) -> list[int]:
        return [each["id"] for each in self.remote.messages(self.chat) if each["mine"] and words in each["text"]]

    def ends_well(self) -> None:
        """What was begun is finished, draws are over, and what databases put aside of rows that are gone is wiped."""
        for ahead in (timedelta(), timedelta(minutes=20)):
            self.house.ahead = ahead.total_seconds()
            life = self.house.starts_well()
            for _ in range(2):
                asked = self.remote.says(self.anna, self.chat, "/who")
                await_true(partial(self.is_answered, asked), "an answer")
            await_true(lambda: not self.house.one(WAITING), "an empty outbox")
            await_true(lambda: not self.house.one(KNOWN), "nobody known", limit=LONGEST)
            if ahead:
                await_true(lambda: not self.house.one(LEFT), "all wiped", limit=LONGEST)
            self.stops(life)

    def is_answered(self, asked: int) -> bool:
        return any(each["answers"] == asked for each in self.remote.messages(self.chat))

    def stops(self, life: Life) -> None:
        assert life.terminate() == 0, life.said()

    def checks(self) -> None:
        """What others wrote is theirs: a note that names somebody keeps the name, and nothing else does."""
        assert self.house.one("SELECT count(*) FROM dead_letters") == 0
        notes = " ".join(str(personal) for (personal,) in self.house.rows("SELECT personal FROM entries")).lower()
        notes += " ".join(str(text) for (text,) in self.house.rows("SELECT text FROM notes")).lower()
        file = Path(self.house.url.removeprefix("sqlite:///"))
        held = b"".join(part.read_bytes() for part in sorted(file.parent.glob(f"{file.name}*"))).lower()
        found = [word for word in self.words if word.encode() in held and not (word in notes and word.startswith("zelda"))]
        assert found == []
        with closing(Database(self.house.url)) as database, database.transaction() as db:
            for group_id in db.scalars(select(GroupRow.id)):
                contents.check(chain.read(list(exporting.lines(db, group_id))).entries)
        self.house.is_discreet("Zelda", "quarx", "zeugma", "Guild")


def run(leaving: Leaving, kills: int) -> str:
    for number in range(kills):
        leaving.lives_and_dies(number)
    leaving.ends_well()
    leaving.checks()
    return f"{kills} kills, {leaving.done_at_death} when all was done; as many people forgotten, no trace of them, all chains hold"


@pytest.mark.timeout(300)
def test_three_are_forgotten_over_three_kills(moot: House, remote: Remote, rng: random.Random, tell: Tell) -> None:
    tell(run(Leaving(moot.on_telegram(remote), remote, rng), 3))


@pytest.mark.long
@pytest.mark.timeout(2400)
def test_forty_are_forgotten_over_forty_kills(moot: House, remote: Remote, rng: random.Random, tell: Tell) -> None:
    tell(run(Leaving(moot.on_telegram(remote), remote, rng), 40))
