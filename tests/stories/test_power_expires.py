"""Whatever is said in whatever order: nobody holds a role beyond its term, its most terms or a recall without the group."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.commons import offices
from models import DeadLetterRow, GrantRow, GroupRow, MandateRow, ProposalRow, RecallRow, RoleRow, RoundRow, StanceRow
from tests.support.moot import Moot, enrol
from tests.support.postgres import Postgres
from tests.support.room import FakePlatform

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")
ROLE, MOST, TERM = "treasurer", 2, timedelta(days=7)
GIVEN_BY_THE_GROUP = {"consent", "renewal"}
SAID = (
    "/join",
    "/leave",
    "/resign",
    "/draw treasurer",
    "/close",
    "/withdraw",
    "/extend treasurer 3 days",
    "/role treasurer term 2 weeks",
    "/role treasurer most 9",
    "/role treasurer end",
    "/mandate {other} treasurer",
    "/recall {other} treasurer",
    "/settings recall-mandate rests",
    "/rest 1 day",
    "/back",
)
LABELS = ("Accept", "Decline", "Consent", "Object", "Support", "No longer support", "Renew", "Let it end", "Shake the hat")
FORGED = ("recall.support:1", "recall.support:2", "term.renew:1", "term.renew:2", "grants.accept:1", "lots.accept:1")

LIKELY = ("fill", "insist", "insist", "recall", "renewal", "renewal", "grant", "extension", "a day", "four days", "eight days")

people = st.sampled_from(PEOPLE)
Move = tuple[str, str, str]
kinds = st.sampled_from(["said", "pressed", "whole", "whole", "whole", "forged"])
WORDS = {"said": SAID, "pressed": LABELS, "whole": (*LIKELY, "an hour", "gang up", "nine days down"), "forged": FORGED}
moves: st.SearchStrategy[Move] = kinds.flatmap(lambda kind: st.tuples(st.sampled_from(WORDS[kind]), people, people))


def presses(bot: Moot, name: str, label: str) -> None:
    if any(button.label == label for each in bot.room for button in each.message.buttons):
        bot.taps(name, label)


def everybody(bot: Moot, label: str) -> None:
    for name in PEOPLE:
        presses(bot, name, label)


def fill(bot: Moot, name: str, other: str) -> None:
    bot.says(name, "/draw treasurer")
    bot.later(seconds=31)
    everybody(bot, "Accept")


def insist(bot: Moot, name: str, other: str) -> None:
    """Somebody wants it again and again, and the others leave it to them."""
    bot.says("Anna", "/draw treasurer")
    bot.later(seconds=31)
    for each in PEOPLE:
        if each != "Anna":
            presses(bot, each, "Decline")
    presses(bot, "Anna", "Accept")


def gang_up(bot: Moot, name: str, other: str) -> None:
    bot.says(name, f"/recall {holder(bot) or other} treasurer because we can")
    bot.settle()
    everybody(bot, "Support")
    bot.settle()


def recall(bot: Moot, name: str, other: str) -> None:
    gang_up(bot, name, other)
    agree(bot)


def renewal(bot: Moot, name: str, other: str) -> None:
    presses(bot, name, "Renew")
    agree(bot)


def grant(bot: Moot, name: str, other: str) -> None:
    bot.says(name, f"/mandate {other} treasurer")
    agree(bot)


def extension(bot: Moot, name: str, other: str) -> None:
    bot.says(name, "/extend treasurer 5 days")
    agree(bot)


def agree(bot: Moot) -> None:
    """Everybody consents who may, the time is up, and whoever is asked accepts."""
    bot.settle()
    everybody(bot, "Consent")
    bot.later(hours=1, seconds=1)
    everybody(bot, "Accept")


def holder(bot: Moot) -> str:
    serving = [mandate.member_id for mandate in bot.rows(MandateRow, state="running")]
    return next((PEOPLE[member_id - 1] for member_id in serving), "")


WHOLE: dict[str, Callable[[Moot, str, str], None]] = {
    "fill": fill,
    "insist": insist,
    "gang up": gang_up,
    "recall": recall,
    "renewal": renewal,
    "grant": grant,
    "extension": extension,
    "an hour": lambda bot, name, other: bot.later(hours=1, seconds=1),
    "a day": lambda bot, name, other: bot.later(days=1),
    "four days": lambda bot, name, other: bot.later(days=4),
    "eight days": lambda bot, name, other: bot.later(days=8),
    "nine days down": lambda bot, name, other: bot.restart(days=9),
}


def move(bot: Moot, what: str, name: str, other: str) -> None:
    if what in WHOLE:
        WHOLE[what](bot, name, other)
    elif what in LABELS:
        presses(bot, name, what)
    elif what in FORGED:
        bot.presses(name, what)
    else:
        bot.says(name, what.format(other=other))
    bot.settle()


@dataclass
class Watch:
    """What a suspicious person would write down about each mandate when it begins, and look up afterwards."""

    bot: Moot
    ends: dict[int, datetime] = field(default_factory=dict)
    longer: set[int] = field(default_factory=set)

    def look(self) -> None:
        for mandate in self.bot.rows(MandateRow):
            if mandate.id not in self.ends:
                self.begins(mandate)
                self.ends[mandate.id] = mandate.ends_at
            self.stays(mandate)
        self.now()
        self.nobody_decided_about_themselves()

    def begins(self, mandate: MandateRow) -> None:
        role = self.bot.row(RoleRow, id=mandate.role_id)
        earlier = [each for each in self.bot.rows(MandateRow, role_id=role.id, member_id=mandate.member_id) if each.id < mandate.id]
        if mandate.way in GIVEN_BY_THE_GROUP:
            assert self.granted(mandate, earlier), "nobody was asked"
            return
        length = timedelta(days=14) if role.term == "2 weeks" else TERM
        assert mandate.ends_at - mandate.starts_at <= length, "longer than a term"
        assert self.in_a_row(mandate, earlier) <= role.most_terms, "more terms than the role allows"
        if earlier and earlier[-1].ended_why == "recalled":
            assert mandate.starts_at >= (earlier[-1].ended_at or mandate.starts_at) + TERM, "back too soon after a recall"

    def granted(self, mandate: MandateRow, earlier: list[MandateRow]) -> bool:
        if mandate.way == "consent":
            grants = [grant.id for grant in self.bot.rows(GrantRow, mandate_id=mandate.id, member_id=mandate.member_id)]
            return any(self.adopted("grants.give", grant) for grant in grants)
        return bool(earlier) and earlier[-1].ended_why != "recalled" and self.adopted("mandate.renew", earlier[-1].id) > 0

    def in_a_row(self, mandate: MandateRow, earlier: list[MandateRow]) -> int:
        """Terms with less than the shortest term between them are in a row whatever the role's term was."""
        n, start = 1, mandate.starts_at
        for before in reversed(earlier):
            if before.ended_at is None or start >= before.ended_at + TERM:
                break
            n, start = n + 1, before.starts_at
        return n

    def stays(self, mandate: MandateRow) -> None:
        if mandate.ends_at != self.ends[mandate.id]:
            assert mandate.id not in self.longer, "extended twice"
            assert self.adopted("mandate.extend", mandate.id), "extended by nobody"
            self.longer.add(mandate.id)
            self.ends[mandate.id] = mandate.ends_at
        if mandate.ended_at is not None:
            assert mandate.starts_at <= mandate.ended_at <= mandate.ends_at, "beyond its end"
        if mandate.ended_why == "recalled":
            found = self.bot.row(RecallRow, mandate_id=mandate.id, state="adopted")
            assert self.adopted("recall.decide", found.id), "recalled by nobody"

    def adopted(self, purpose: str, subject_id: int) -> int:
        return len(self.bot.rows(ProposalRow, purpose=purpose, subject_id=subject_id, state="adopted"))

    def now(self) -> None:
        running = self.bot.rows(MandateRow, state="running")
        assert all(mandate.ends_at > self.bot.clock.now() for mandate in running), "serves although the term is over"
        assert len(running) <= 1, "two in one seat"
        with self.bot.database.transaction() as db:
            holders = offices.holders(db, db.get_one(GroupRow, 1), ROLE)
            assert {holder.id for holder in holders} <= {mandate.member_id for mandate in running if not mandate.suspended_at}

    def nobody_decided_about_themselves(self) -> None:
        about = {recall.id: recall.holder_id for recall in self.bot.rows(RecallRow)}
        about_grants = {grant.id: grant.member_id for grant in self.bot.rows(GrantRow)}
        serving = {mandate.id: mandate.member_id for mandate in self.bot.rows(MandateRow)}
        for proposal in self.bot.rows(ProposalRow):
            whom = {"recall.decide": about, "grants.give": about_grants}.get(proposal.purpose, serving)
            member_id = whom.get(proposal.subject_id or 0) if proposal.purpose.startswith(("recall", "grants", "mandate")) else None
            for round_ in self.bot.rows(RoundRow, proposal_id=proposal.id) if member_id else ():
                assert not self.bot.rows(StanceRow, round_id=round_.id, member_id=member_id), "decided about themselves"


def live(folder: Path, template: Path, said: list[Move]) -> None:
    file = folder / "moot.sqlite"
    file.write_bytes(template.read_bytes())
    live_in(f"sqlite:///{file}", said)


def live_in(url: str, said: list[Move]) -> None:
    with closing(Moot(url, [FakePlatform(keeps_taps_for=None)])) as bot:
        enrol(bot, *PEOPLE)
        for words in ("/role treasurer term 1 week", "/settings round 1 hour", "/settings quorum 1"):
            bot.says("Anna", words)
        fill(bot, "Anna", "Ben")
        watch = Watch(bot)
        watch.look()
        for each in said:
            move(bot, *each)
            watch.look()
        assert bot.rows(DeadLetterRow) == []


@settings(max_examples=3, phases=(Phase.generate,))
@given(said=st.lists(moves, min_size=10, max_size=16))
def test_any_sequence_of_commands(tmp_path: Path, sqlite_template: Path, said: list[Move]) -> None:
    live(tmp_path, sqlite_template, said)


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(max_examples=150)
@given(said=st.lists(moves, min_size=20, max_size=50))
def test_any_long_sequence_of_commands(tmp_path: Path, sqlite_template: Path, said: list[Move]) -> None:
    live(tmp_path, sqlite_template, said)


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(max_examples=15, phases=(Phase.generate,))
@given(said=st.lists(moves, min_size=20, max_size=40))
def test_any_long_sequence_of_commands_on_postgresql(postgres: Postgres, postgres_template: str, said: list[Move]) -> None:
    with postgres.database(template=postgres_template) as url:
        live_in(url, said)


def test_the_watch_sees_what_is_amiss(tmp_path: Path, sqlite_template: Path) -> None:
    file = tmp_path / "moot.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    with closing(Moot(f"sqlite:///{file}", [FakePlatform(keeps_taps_for=None)])) as bot:
        enrol(bot, *PEOPLE)
        bot.says("Anna", "/role treasurer term 1 week")
        fill(bot, "Anna", "Ben")
        watch = Watch(bot)
        watch.look()
        bot.change("UPDATE mandates SET ends_at = '2027-01-01 00:00:00.000000'")
        with pytest.raises(AssertionError, match="extended by nobody"):
            watch.look()
        bot.change("UPDATE mandates SET state = 'ended', ended_why = 'recalled', ended_at = starts_at")
        with pytest.raises(AssertionError):
            watch.look()
