"""Digests of real bots that are killed again and again, on days that rush by, over the days on which clocks are changed."""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tests.kills.conftest import Tell
from tests.kills.house import House
from tests.kills.papers import Figures, check
from tests.kills.series import AT_WORK, until
from tests.support.botapi.remote import Remote
from tests.support.waiting import await_true

SPRING = datetime(2027, 3, 20, 12, tzinfo=UTC)  # clocks go forward in Berlin on the 28th, and back in Santiago on 4 April
ROOMS = (("Europe/Berlin", "2"), ("America/Santiago", "0"), ("UTC", "18"))  # and the hours of their digests
JUMPS = (0, 0, 1, 5, 9, 24, 60)  # hours that a dead bot may sleep through
SLOW = 1 / 3  # of all lives find a platform that takes its time with a message, so that they die while it is under way
WAITING = "SELECT count(*) FROM promises WHERE state = 'waiting'"
NEXT = "SELECT min(digest_at) FROM groups"


@dataclass
class Press:
    """Some rooms whose digests are awaited, and a bot that lives from death to death."""

    house: House
    remote: Remote
    rng: random.Random
    rooms: list[tuple[int, int]] = field(default_factory=list)  # chat, and who speaks there
    marks: int = 0
    kills: int = 0

    def opens(self) -> None:
        self.house.sections["group"]["digest"] = "daily 18"
        self.house.ahead = (SPRING - datetime.now(UTC)).total_seconds()
        for name, _ in ROOMS:
            who = self.remote.person("Quillon")
            chat = self.remote.group(f"Guild {name}", members=[who], bot=None)
            self.remote.call("adds_bot", person=who, chat=chat)
            self.rooms.append((chat, who))
        life = self.house.starts_well()
        for (chat, who), (zone, hour) in zip(self.rooms, ROOMS, strict=True):
            for words in (f"/settings zone {zone}", "/settings quiet none", f"/settings digest daily {hour}"):
                self.remote.says(who, chat, words)
            self.is_answered(chat, self.remote.says(who, chat, "/join"))
        assert life.terminate() == 0, life.said()

    def is_answered(self, chat: int, asked: int) -> None:
        await_true(lambda: any(each["answers"] == asked for each in self.remote.messages(chat)), "an answer")

    def speaks(self) -> None:
        chat, who = self.rng.choice(self.rooms)
        self.marks += 1
        self.remote.says(who, chat, f"/note mark-{self.marks}")

    def lives_shortly(self) -> None:
        self.house.ahead += self.rng.choice(JUMPS) * 3600 * self.rng.uniform(0.5, 1.5)
        for _ in range(self.rng.choice((0, 1, 1, 2))):
            self.speaks()
        if self.rng.random() < SLOW:
            self.remote.call("fault", method="sendMessage", kind="late", done=self.rng.random() < 0.5, seconds=1)
        life = self.house.starts()
        if self.rng.random() < AT_WORK:
            life.until_ready()
        life.dies_at(life.age + self.rng.uniform(0, 0.9))
        self.kills += 1

    def ends_well(self) -> None:
        """Quiet days: whatever was not told by then is told."""
        for _ in range(3):
            self.house.ahead += timedelta(days=2, hours=7).total_seconds()
            life = self.house.starts_well()
            now = datetime.now(UTC) + timedelta(seconds=self.house.ahead)
            asyncio.run(until(partial(self.is_quiet, now), "all that is due", moves=self.house.progress))
            assert life.terminate() == 0, life.said()

    def is_quiet(self, since: datetime) -> bool:
        return not self.house.one(WAITING) and datetime.fromisoformat(self.house.one(NEXT)).replace(tzinfo=UTC) > since

    def checks(self) -> Figures:
        figures = Figures(kills=self.kills)
        for chat, _ in self.rooms:
            check(self.house, str(chat), self.remote.messages(chat), figures)
        assert figures.entries == self.marks, "all that was said was entered"
        assert self.house.one("SELECT count(*) FROM dead_letters") == 0
        self.house.is_discreet("Quillon", "mark-", "Guild")
        return figures


def run(press: Press, kills: int) -> Figures:
    press.opens()
    for _ in range(kills):
        press.lives_shortly()
    press.ends_well()
    return press.checks()


@pytest.mark.timeout(300)
def test_digests_survive_six_kills(moot: House, remote: Remote, rng: random.Random, tell: Tell) -> None:
    tell(run(Press(moot.on_telegram(remote), remote, rng), 6).told())


@pytest.mark.long
@pytest.mark.timeout(2400)
def test_digests_survive_two_hundred_kills(moot: House, remote: Remote, rng: random.Random, tell: Tell) -> None:
    tell(run(Press(moot.on_telegram(remote), remote, rng), 200).told())
