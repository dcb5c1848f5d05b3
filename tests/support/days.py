"""Histories of a group's days: entries, absences, crashes and changing clocks; and what the digests told of them."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, pairwise
from random import Random

from sqlalchemy import event

from bot.commons import register
from bot.routing.rooms import lock_group
from models import GroupRow, PromiseRow
from tests.support.moot import Moot, enrol

ZONES = ("Europe/Berlin", "America/Santiago", "Asia/Beirut", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca", "UTC")
RHYTHMS = ("daily 18", "daily 2", "daily 0", "daily 23", "weekly 9", "daily 9")
KEY = re.compile(r"digest:\d+:(?P<first>\d+)-(?P<last>\d+):.*")
MARK = re.compile(r"mark-\d+")


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Days:
    """One group; each entry carries a mark of its own."""

    bot: Moot
    chance: Random
    marks: int = 0

    def __post_init__(self) -> None:
        enrol(self.bot, "Anna", "Ben")
        self.bot.settle()

    def live(self, steps: int) -> None:
        for _ in range(steps):
            self.chance.choice((self.enter, self.enter, self.go_on, self.go_on, self.sleep, self.crash, self.die, self.change))()
        for _ in range(6):
            self.bot.later(days=3, hours=11)  # not each time in quiet hours

    def enter(self) -> None:
        """Some entries, as any feature makes them; late or not, they get the next numbers."""
        with self.bot.database.transaction() as db:
            group = lock_group(db, 1)
            for _ in range(self.chance.choice((1, 1, 3, 15))):
                self.marks += 1
                personal = {"circle": f"mark-{self.marks}", "by": "tg:1001"}
                facts = {"circle": 1, "kind": "new", "size": 2}
                register.enter(db, group, "circle", facts, now=self.bot.clock.now(), dice=self.bot.dice, personal=personal)

    def length(self) -> float:
        return self.chance.choice((1, 5, 9, 24, 60, 24 * 35)) * self.chance.uniform(0.5, 1.5)

    def go_on(self) -> None:
        self.bot.later(hours=self.length())

    def sleep(self) -> None:
        self.bot.restart(hours=self.length())

    def crash(self) -> None:
        """Killed after what was due is settled, and before any of it is sent."""
        self.bot.hear()
        self.bot.run(self.bot.app.sweeper.sweep())
        self.bot.stop()
        self.bot.start()

    def die(self) -> None:
        """Killed at some statement of what is due: what was not committed is gone."""
        self.bot.clock.advance(timedelta(hours=self.length()))
        self.bot.hear()
        left = count(self.chance.randrange(2, 60), -1)

        def killed(*_: object) -> None:
            if next(left) == 0:
                raise Killed

        event.listen(self.bot.database.engine, "before_cursor_execute", killed)
        with suppress(Killed):
            self.bot.run(self.bot.app.sweeper.sweep())
        event.remove(self.bot.database.engine, "before_cursor_execute", killed)
        self.bot.restart()

    def change(self) -> None:
        what = self.chance.choice((f"zone {self.chance.choice(ZONES)}", f"digest {self.chance.choice(RHYTHMS)}"))
        self.bot.says("Anna", f"/settings {what}")

    # what was told

    def ranges(self) -> list[tuple[int, int]]:
        """Of each digest, from which entry to which, by the names of their promises."""
        keys = [row.key for row in self.bot.rows(PromiseRow) if "#" not in row.key]
        found = [match for key in keys if (match := KEY.fullmatch(key))]
        return [(int(match["first"]), int(match["last"])) for match in found]

    def told(self) -> list[str]:
        """The marks that people read, digest by digest: in the file, where there is one; else in the message."""
        marks: list[str] = []
        for standing, after in pairwise([*self.bot.room, None]):
            if standing is not None and standing.text.startswith("📰"):
                files = after.message.attachments if after else ()
                marks += MARK.findall(files[0].content.decode() if files else standing.text)
        return marks

    def check(self) -> None:
        """Each entry in one digest, in order."""
        assert self.told() == [f"mark-{n + 1}" for n in range(self.marks)]
        ends = [0, *(last for _, last in self.ranges())]
        assert [first for first, _ in self.ranges()] == [end + 1 for end in ends[:-1]]
        assert self.bot.row(GroupRow).digest_entry == ends[-1] == len(self.bot.entries())
