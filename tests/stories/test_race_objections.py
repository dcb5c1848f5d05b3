"""Objections that end at the instant at which the round does, and rooms that join each other at once: nobody waits for ever."""

import json
import logging
import re
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from bot.chat import incoming as said
from bot.chat.incoming import Ack, Received
from bot.chat.refs import ChatRef
from bot.commons import register
from bot.features.consent import reviews, sweep
from bot.routing.feature import Sweep
from models import ChatRow, ObjectionRow, ProposalRow, RoomLinkRow, RoundRow, StanceRow
from tests.stories.test_race import Hand
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform

PEOPLE = ("Anna", "Ben", "Cleo")


@pytest.fixture
def bot(house: str) -> Iterator[Moot]:
    with closing(Moot(house, platforms=[FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, *PEOPLE)
        yield made


@pytest.fixture(autouse=True)
def no_waiting(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A deadlock would be ended by the database, logged, and tried again: it must not come to that."""
    yield
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []


def press(bot: Moot, name: str, data: str) -> Received:
    return Received((f"{name} {data}",), "{}", said.ButtonTapped(bot.origin(name), data))


def command(bot: Moot, name: str, words: str, chat: ChatRef | None = None) -> Received:
    name_of, _, text = words.partition(" ")
    return Received((f"{name} {words}",), "{}", said.CommandSent(bot.origin(name, chat), name_of, text))


def race(bot: Moot, settles: Sweep, *hands: Sequence[Received | int]) -> list[list[Ack | None]]:
    """Each hand's presses, the n-th of all at the same instant; a number is settled by the sweep. What each hand was told."""
    start = threading.Barrier(len(hands), timeout=60)
    made = [Hand(f"hand {n}", bot, presses, start, closing=settles) for n, presses in enumerate(hands)]
    with ThreadPoolExecutor(len(made)) as pool:
        list(pool.map(Hand.run, made))
    return [hand.acks for hand in made]


def objected(bot: Moot, trials: int) -> list[int]:
    """So many rounds of a minute to which Ben objects; every other one is amended, so that he is asked anew."""
    bot.hear(*(command(bot, "Anna", f"propose Number {n} for 1 minute quorum 1") for n in range(trials)))
    bot.change("UPDATE boards SET message_id = 'm' || id")
    bot.change("UPDATE promises SET state = 'sent'")
    rounds = bot.rows(RoundRow, outcome="open")
    bot.hear(*(press(bot, "Ben", f"consent.object:{row.id}") for row in rounds))
    numbers = [bot.row(ProposalRow, id=row.proposal_id).number for row in rounds[1::2]]
    bot.hear(*(command(bot, "Anna", f"amend D-{n} Better {n}") for n in numbers))
    bot.change("UPDATE boards SET message_id = 'm' || id")
    bot.change("UPDATE promises SET state = 'sent'")
    bot.clock.advance(sweep.HOUR)
    return sorted(row.id for row in bot.rows(RoundRow, outcome="open"))


def ending(bot: Moot, round_: RoundRow) -> Received:
    """Ben's objection is withdrawn, or met where there is a second version."""
    objection = bot.row(ObjectionRow, proposal_id=round_.proposal_id)
    return press(bot, "Ben", f"objection.{'met' if round_.version > 1 else 'withdraw'}:{objection.id}")


def run_race(bot: Moot, trials: int) -> set[str]:
    """How the rounds ended."""
    rounds = objected(bot, trials)
    consents = [press(bot, "Anna", f"consent.consent:{n}") for n in rounds]
    endings = [ending(bot, bot.row(RoundRow, id=n)) for n in rounds]
    told, *_ = race(bot, sweep.SWEEPS[0], endings, consents, rounds)
    assert not any(ack is None or ack.refused for ack in told), "an objection can be ended at any time"
    assert {row.state for row in bot.rows(ObjectionRow)} == {"withdrawn", "integrated"}
    entered = {facts["decision"]: (facts, personal) for facts, personal in decisions(bot)}
    outcomes = set()
    for n in rounds:
        row, proposal = bot.row(RoundRow, id=n), bot.row(ProposalRow, id=bot.row(RoundRow, id=n).proposal_id)
        facts, personal = entered[f"D-{proposal.number}"]
        open_then = [each for each in personal.get("objections", []) if each[2] == "open"]
        assert (row.outcome == "blocked") == bool(open_then)
        assert row.received == len(bot.rows(StanceRow, round_id=n)) + row.replaced + row.refused
        assert facts["accounting"]["received"] == sum(facts["accounting"].values()) - facts["accounting"]["received"]
        outcomes.add(row.outcome)
    return outcomes


def decisions(bot: Moot) -> Iterator[tuple[Any, Any]]:
    for entry in bot.entries():
        if json.loads(entry.public)["kind"] == "decision":
            yield json.loads(entry.public)["facts"], register.read(entry).personal


def test_ending_objections_against_the_close(bot: Moot) -> None:
    """Once more, if one side happened to come first in all of them: that was no race."""
    outcomes = run_race(bot, 16)
    for _ in range(9):
        outcomes |= run_race(bot, 16) if len(outcomes) == 1 else set()
    assert len(outcomes) > 1


def test_keeping_a_decision_against_asking_about_it(bot: Moot) -> None:
    """A review that is answered at the instant at which its time to be answered ends."""
    trials = 8
    bot.hear(*(command(bot, "Anna", f"propose Number {n} for 1 minute quorum 1 review in 1 day") for n in range(trials)))
    bot.change("UPDATE boards SET message_id = 'm' || id")
    bot.change("UPDATE promises SET state = 'sent'")
    bot.hear(*(press(bot, "Anna", f"consent.consent:{row.id}") for row in bot.rows(RoundRow)))
    bot.hear(*(command(bot, "Anna", f"close D-{n}") for n in range(1, trials + 1)))
    bot.change("UPDATE proposals SET review_state = 'asked'")
    bot.clock.advance(timedelta(days=2))
    ids = [row.id for row in bot.rows(ProposalRow)]
    kept, _ = race(bot, reviews.SWEEP, [press(bot, "Anna", f"review.keep:{n}") for n in ids], ids)
    states = [bot.row(ProposalRow, id=n).review_state for n in ids]
    assert states == ["kept" if ack and not ack.refused else "stayed" for ack in kept]


def test_two_rooms_that_join_each_other_at_once(bot: Moot) -> None:
    trials = 6
    pairs = [(ChatRef("telegram", f"-{n}01"), ChatRef("telegram", f"-{n}02")) for n in range(1, trials + 1)]
    codes = {chat: code(bot, chat) for pair in pairs for chat in pair}
    one, two = ([command(bot, "Anna", f"link {codes[pair[1 - side]]}", pair[side]) for pair in pairs] for side in (0, 1))
    race(bot, sweep.SWEEPS[0], one, two)
    bot.later(hours=1)
    bot.later(minutes=1)
    links = bot.rows(RoomLinkRow)
    assert {link.state for link in links} <= {"held", "lapsed"}
    assert len([link for link in links if link.state == "held"]) == trials
    groups = {row.ref: row.group_id for row in bot.rows(ChatRow)}
    assert all(groups[one.id] == groups[two.id] for one, two in pairs)


def code(bot: Moot, chat: ChatRef) -> str:
    bot.says("Anna", "/link", chat)
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", bot.last(chat).text)
    assert found
    return found[0]


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_ending_objections_against_the_close_two_thousand_times(bot: Moot) -> None:
    assert len(run_race(bot, 1000)) > 1, "always the same came first: this was no race"
