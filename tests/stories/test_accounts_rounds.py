"""Whatever is said in a round, in whatever order: what was received was counted, replaced or refused, as a plain model has it."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from models import AccountRow, DeadLetterRow, MemberRow, ObjectionRow, RoundRow, StanceRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")  # Anna proposes; Dana has not joined when it is put
LENGTH = timedelta(days=3)
OVER = {"adopted", "withdrawn"}


@dataclass
class Model:
    """What a careful person with paper and pencil would have noted."""

    hat: set[str]
    electors: set[str]
    closes_at: datetime
    version: int = 1
    outcome: str = "open"
    stances: dict[str, str] = field(default_factory=dict)
    objectors: set[str] = field(default_factory=set)
    set_aside: set[tuple[str, int]] = field(default_factory=set)
    received: int = 0
    replaced: int = 0
    refused: int = 0

    def takes(self, name: str, stance: str) -> None:
        if self.outcome != "open" or self.stances.get(name) == stance:
            return
        self.received += 1
        if name not in self.electors:
            self.refused += 1
            return
        self.replaced += name in self.stances
        self.stances[name] = stance
        if stance != "object":
            self.objectors.discard(name)
        elif (name, self.version) not in self.set_aside:
            self.objectors.add(name)

    def takes_back(self, name: str) -> None:
        """The objection, and with it the stance."""
        self.objectors.discard(name)
        if self.outcome == "open" and self.stances.get(name) == "object":
            del self.stances[name]
            self.replaced += 1

    def amends(self, now: datetime) -> None:
        if self.outcome in OVER:
            return
        self.electors = self.electors if self.outcome == "open" else set(self.hat)
        self.version, self.outcome, self.closes_at = self.version + 1, "open", now + LENGTH
        self.stances, self.received, self.replaced, self.refused = {}, 0, 0, 0

    def closes(self) -> None:
        if self.outcome == "open":
            enough = "adopted" if len(self.stances) >= 2 else "no quorum"
            self.outcome = "blocked" if self.objectors else enough


class Story:
    """A bot and the model beside it."""

    def __init__(self, bot: Moot) -> None:
        self.bot = bot
        enrol(bot, *PEOPLE[:3])
        bot.says("Anna", "/propose We buy a dishwasher for 3 days quorum 2")
        self.model = Model(set(PEOPLE[:3]), set(PEOPLE[:3]), bot.clock.now() + LENGTH)

    def tell(self, deed: str, name: str, n: int) -> None:
        DEEDS[deed](self, name, n)
        self.note_set_aside()
        if deed == "closes" and name == "Anna":
            self.model.closes()
        if deed == "waits" and self.bot.clock.now() >= self.model.closes_at:
            self.model.closes()
        self.compare()

    def names(self) -> dict[int, str]:
        accounts = {row.id: row.name for row in self.bot.rows(AccountRow)}
        return {row.id: accounts[row.account_id] for row in self.bot.rows(MemberRow)}

    def owner(self, n: int) -> str | None:
        """Of the open objection with this number."""
        return next((self.names()[row.member_id] for row in self.bot.rows(ObjectionRow, id=n, state="open")), None)

    def note_set_aside(self) -> None:
        """The others may have set one aside: only by at least half of them, and none of them against."""
        names = self.names()
        for row in self.bot.rows(ObjectionRow, state="set aside"):
            if (names[row.member_id], row.settled_version) not in self.model.set_aside:
                aside = self.bot.rows(RoundRow, objection_id=row.id, outcome="adopted")[-1]
                said = [stance.stance for stance in self.bot.rows(StanceRow, round_id=aside.id)]
                assert said
                assert "object" not in said
                assert 2 * len(said) >= len(self.model.electors - {names[row.member_id]})
                self.model.set_aside.add((names[row.member_id], row.settled_version or 0))
                self.model.objectors.discard(names[row.member_id])

    def compare(self) -> None:
        names, model = self.names(), self.model
        round_ = self.bot.rows(RoundRow, objection_id=None)[-1]
        stances = {names[row.member_id]: row.stance for row in self.bot.rows(StanceRow, round_id=round_.id)}
        assert stances == model.stances
        assert (round_.received, round_.replaced, round_.refused) == (model.received, model.replaced, model.refused)
        assert (round_.version, round_.outcome) == (model.version, model.outcome)
        assert {names[row.member_id] for row in self.bot.rows(ObjectionRow, state="open")} == model.objectors
        for each in self.bot.rows(RoundRow):
            assert each.received == len(self.bot.rows(StanceRow, round_id=each.id)) + each.replaced + each.refused
        assert self.bot.rows(DeadLetterRow) == []

    def finish(self) -> None:
        """The end is told and entered as the model has it."""
        self.tell("waits", "Anna", 12)
        decided = [json.loads(entry.public)["facts"] for entry in self.bot.entries()]
        counted = {stance: list(self.model.stances.values()).count(stance) for stance in ("consent", "aside", "object")}
        accounts = [self.model.received, len(self.model.stances), self.model.replaced, self.model.refused]
        assert (decided[-1]["result"], decided[-1]["stances"]) == (self.model.outcome, counted)
        assert [decided[-1]["accounting"][name] for name in ("received", "counted", "replaced", "refused")] == accounts
        line = "received {} = counted {} + replaced {} + refused {}".format(*accounts)
        assert any(line in text for text in self.bot.shows())


def takes(stance: str, typed: str) -> Callable[[Story, str, int], None]:
    def deed(story: Story, name: str, n: int) -> None:
        if n % 2:
            story.bot.says(name, f"/{typed}")
        else:
            story.bot.presses(name, f"consent.{stance}:{story.bot.rows(RoundRow, objection_id=None)[-1].id}")
        story.model.takes(name, stance)

    return deed


def presses_old(story: Story, name: str, n: int) -> None:
    """A button of an older version, or of a round on an objection."""
    newest = story.bot.rows(RoundRow, objection_id=None)[-1].id
    story.bot.presses(name, f"consent.{('consent', 'aside', 'object')[n % 3]}:{newest + 1 if n % 2 else newest - 1}")


def withdraws_objection(story: Story, name: str, n: int) -> None:
    owner = story.owner(n % 4 + 1)
    story.bot.presses(name, f"objection.{'withdraw' if n % 2 else 'met'}:{n % 4 + 1}")
    if owner == name:
        story.model.takes_back(name)


def stands_by_it(story: Story, name: str, n: int) -> None:
    owner = story.owner(n % 4 + 1)
    story.bot.presses(name, f"objection.stands:{n % 4 + 1}")
    if owner == name and name in story.model.electors and name not in story.model.stances:
        story.model.takes(name, "object")


def withdraws(story: Story, name: str, n: int) -> None:
    story.bot.says(name, "/withdraw D-1")
    if story.model.outcome == "open":
        if name == "Anna":
            story.model.outcome = "withdrawn"
        elif name in story.model.objectors:
            story.model.takes_back(name)


def amends(story: Story, name: str, n: int) -> None:
    story.bot.says(name, f"/amend D-1 We buy dishwasher number {story.model.version}")
    if name == "Anna":
        story.model.amends(story.bot.clock.now())


def joins(story: Story, name: str, n: int) -> None:
    story.bot.says(name, "/join")
    story.model.hat.add(name)


DEEDS: dict[str, Callable[[Story, str, int], object]] = {
    "consents": takes("consent", "consent"),
    "stands aside": takes("aside", "vote aside"),
    "objects": takes("object", "object D-1"),
    "presses an old button": presses_old,
    "is concerned": lambda story, name, n: story.bot.says(name, "/concern D-1 Please check the noise first"),
    "says why": lambda story, name, n: story.bot.says(name, f"/object D-{n} It is too loud") if n != 1 else None,
    "withdraws objection": withdraws_objection,
    "stands by it": stands_by_it,
    "asks to set aside": lambda story, name, n: story.bot.presses(name, f"objection.aside:{n % 4 + 1}"),
    "withdraws": withdraws,
    "amends": amends,
    "joins": joins,
    "closes": lambda story, name, n: story.bot.says(name, "/close D-1"),
    "waits": lambda story, name, n: story.bot.later(hours=n * 7),
    "is away": lambda story, name, n: story.bot.restart(seconds=n),
}
LIKELY = ("consents", "consents", "stands aside", "objects", "objects", "objects", "withdraws objection", "stands by it")
deeds = st.tuples(st.sampled_from([*DEEDS, *LIKELY]), st.sampled_from(PEOPLE), st.integers(0, 11))
stories = st.lists(deeds, min_size=12, max_size=36)


def try_stories(template: Path, folder: Path, examples: int) -> None:
    numbers = count()

    @settings(max_examples=examples, phases=(Phase.generate,))
    @given(stories)
    def holds(told: list[tuple[str, str, int]]) -> None:
        file = folder / f"{next(numbers)}.sqlite"
        file.write_bytes(template.read_bytes())
        with closing(Moot(f"sqlite:///{file}", platforms=[FakePlatform(keeps_taps_for=None)])) as bot:
            story = Story(bot)
            for deed in told:
                story.tell(*deed)
            story.finish()
        file.unlink()

    holds()


def test_accounts_of_rounds(sqlite_template: Path, tmp_path: Path) -> None:
    try_stories(sqlite_template, tmp_path, 3)


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_accounts_of_five_hundred_rounds(sqlite_template: Path, tmp_path: Path) -> None:
    try_stories(sqlite_template, tmp_path, 500)
