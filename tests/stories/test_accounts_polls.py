"""Whatever is answered in a poll, by button or in words: the accounts and the tally are those of a plain model, for each method."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.features.polls.methods import METHODS
from models import AccountRow, BallotRow, DeadLetterRow, MarkRow, MemberRow, PollRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")  # Anna asks; Dana has not joined when it is opened
PLACES = (1, 2, 3)
NAMES = ("single", "several", "score", "ranked", "condorcet", "dots", "time", "sign-up")
WORDS = {2: "yes", 1: "maybe", 0: "no"}
POINTS = 10
Ballot = dict[int, int]

some = st.lists(st.sampled_from(PLACES), min_size=1, unique=True)
TYPED: dict[str, st.SearchStrategy[Ballot]] = {
    "single": st.sampled_from(PLACES).map(lambda place: {place: 1}),
    "several": some.map(lambda chosen: dict.fromkeys(chosen, 1)),
    "score": st.dictionaries(st.sampled_from(PLACES), st.integers(0, 5), min_size=1),
    "ranked": some.map(lambda order: {place: rank for rank, place in enumerate(order, 1)}),
    "dots": st.dictionaries(st.sampled_from(PLACES), st.integers(1, 3), min_size=1),
    "time": st.fixed_dictionaries(dict.fromkeys(PLACES, st.integers(0, 2))),
}
TYPED |= {"condorcet": TYPED["ranked"], "sign-up": TYPED["several"]}


def typed(method: str, ballot: Ballot) -> str:
    match method:
        case "score" | "dots":
            return " ".join(f"{place}={value}" for place, value in ballot.items())
        case "ranked" | "condorcet":
            return " > ".join(map(str, sorted(ballot, key=ballot.__getitem__)))
        case "time":
            return " ".join(WORDS[ballot[place]] for place in PLACES)
    return ", ".join(map(str, ballot))


@dataclass
class Model:
    """What a careful person with paper and pencil would have noted."""

    method: str
    ballots: dict[str, Ballot] = field(default_factory=dict)
    open: bool = True
    received: int = 0
    replaced: int = 0
    refused: int = 0

    def answers(self, name: str, change: Callable[[Ballot], Ballot | None]) -> None:
        """`change`: from the ballot before to that after; None: not taken."""
        before = self.ballots.get(name, {})
        after = change(dict(before)) if name != "Dana" else None
        if not self.open or (after is not None and after == before == {}):
            return
        self.received += after is None or bool(after)
        self.refused += after is None
        if after is not None:
            self.replaced += bool(before)
            self.ballots.pop(name, None)
            self.ballots |= {name: after} if after else {}

    def presses(self, name: str, place: int) -> None:
        ranked = self.method in ("ranked", "condorcet") and place in self.ballots.get(name, {})
        if not ranked or name == "Dana":  # a second press on a rank says nothing
            self.answers(name, lambda ballot: self.pressed(ballot, place))

    def pressed(self, ballot: Ballot, place: int) -> Ballot | None:
        had = ballot.pop(place, None)
        match self.method:
            case "single":
                return {} if had else {place: 1}
            case "ranked" | "condorcet":
                return {**ballot, place: len(ballot) + 1}
            case "score":
                return ballot if had == 5 else {**ballot, place: (had or 0) + 1}
            case "dots":
                more = {**ballot, place: (had or 0) + 1}
                return more if sum(more.values()) <= POINTS else None
            case "time":
                return {**ballot, place: {None: 2, 2: 1, 1: 0, 0: 2}[had]}
        return ballot if had else {**ballot, place: 1}


class Story:
    def __init__(self, bot: Moot, method: str) -> None:
        self.bot, self.model = bot, Model(method)
        enrol(bot, *PEOPLE[:3])
        bot.says("Anna", f"/poll Which one? | Ash | Beech | Cedar | method: {method} | for 3 days")

    def tell(self, deed: str, name: str, ballot: Ballot, n: int) -> None:
        self.do(deed, name, ballot, n)
        self.compare()

    def do(self, deed: str, name: str, ballot: Ballot, n: int) -> None:
        match deed:
            case "types":
                self.bot.says(name, f"/vote D-1 {typed(self.model.method, ballot)}")
                self.model.answers(name, lambda _: ballot)
            case "mistypes":
                self.bot.says(name, f"/vote D-1 {('9', 'oak', '1 1', '')[n % 4]}")
                self.model.answers(name, lambda _: None)
            case "presses":
                self.bot.presses(name, f"polls.mark:1:{n % 3 + 1}")
                self.model.presses(name, n % 3 + 1)
            case "clears":
                self.bot.presses(name, "polls.clear:1")
                self.model.answers(name, lambda _: {})
            case "closes":
                self.bot.says(name, "/close D-1")
                self.model.open &= name != "Anna"
            case "is away":
                self.bot.restart(minutes=n)

    def compare(self) -> None:
        poll, model = self.bot.row(PollRow), self.model
        assert (poll.received, poll.replaced, poll.refused) == (model.received, model.replaced, model.refused)
        assert (poll.voted, poll.state == "open") == (len(model.ballots), model.open)
        assert poll.received == len(self.bot.rows(BallotRow)) + poll.replaced + poll.refused
        assert self.ballots() == model.ballots
        assert self.bot.rows(DeadLetterRow) == []

    def ballots(self) -> dict[str, Ballot]:
        accounts = {row.id: row.name for row in self.bot.rows(AccountRow)}
        names = {row.id: accounts[row.account_id] for row in self.bot.rows(MemberRow)}
        found: dict[str, Ballot] = {}
        for mark in self.bot.rows(MarkRow):
            found.setdefault(names[mark.member_id], {})[mark.place] = mark.value
        return found

    def finish(self) -> None:
        self.tell("closes", "Anna", {}, 0)
        facts = json.loads(self.bot.entries()[-1].public)["facts"]
        model = self.model
        assert [facts[name] for name in ("received", "counted", "replaced", "refused")] == [
            model.received,
            len(model.ballots),
            model.replaced,
            model.refused,
        ]
        assert facts["outcome"] == ("counted" if model.ballots else "no votes")
        found = METHODS[model.method].count(list(model.ballots.values()), len(PLACES))
        assert bool(found.tied) == ("chance" in facts)  # then lots have settled it
        if model.ballots and not found.tied:
            assert facts["winners"] == list(found.winners)


def stories(method: str) -> st.SearchStrategy[list[tuple[str, str, Ballot, int]]]:
    deeds = ("types", "types", "mistypes", "presses", "presses", "presses", "clears", "closes", "is away")
    deed = st.tuples(st.sampled_from(deeds), st.sampled_from(PEOPLE), TYPED[method], st.integers(0, 11))
    return st.lists(deed, min_size=8, max_size=24)


def try_stories(template: Path, folder: Path, method: str, examples: int) -> None:
    numbers = count()

    @settings(max_examples=examples, phases=(Phase.generate,))
    @given(stories(method))
    def holds(told: list[tuple[str, str, Ballot, int]]) -> None:
        file = folder / f"{next(numbers)}.sqlite"
        file.write_bytes(template.read_bytes())
        with closing(Moot(f"sqlite:///{file}", platforms=[FakePlatform(keeps_taps_for=None)])) as bot:
            story = Story(bot, method)
            for deed in told:
                story.tell(*deed)
            story.finish()
        file.unlink()

    holds()


@pytest.mark.parametrize("method", ["several", "ranked", "dots"])
def test_accounts_of_polls(sqlite_template: Path, tmp_path: Path, method: str) -> None:
    try_stories(sqlite_template, tmp_path, method, 2)


@pytest.mark.long
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("method", NAMES)
def test_accounts_of_a_hundred_polls(sqlite_template: Path, tmp_path: Path, method: str) -> None:
    try_stories(sqlite_template, tmp_path, method, 100)
