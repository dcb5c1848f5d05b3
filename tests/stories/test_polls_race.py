"""Voting against closing at the same instant: whoever was told "your ballot" is in the tally, whoever was refused is not."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest

from bot.chat import incoming as said
from bot.chat.incoming import Ack, Received
from bot.features.polls.closing.closing import SWEEP
from models import MarkRow, PollRow
from tests.stories.test_race import Hand
from tests.support.moot import Moot, enrol

VOTERS = ("Anna", "Ben", "Cleo")
HANDS = len(VOTERS) + 1


@pytest.fixture
def bot(house: str) -> Iterator[Moot]:
    with closing(Moot(house)) as made:
        enrol(made, *VOTERS, "Dana")
        yield made


def opened(bot: Moot, trials: int) -> list[PollRow]:
    """So many polls, all open, their time over; Anna has voted in each, and will change her mind."""
    first = len(bot.rows(PollRow))
    asked = [said.CommandSent(bot.origin("Dana"), "poll", f"Poll {n}? | Soup | Salad | for 30 seconds") for n in range(trials)]
    bot.hear(*(bot.received(call, (f"{first} {call.text}",)) for call in asked))
    polls = list(bot.rows(PollRow, state="open"))
    bot.hear(*(vote(bot, "Anna", poll.id, 1) for poll in polls))
    bot.change("UPDATE promises SET state = 'sent'")
    bot.clock.advance(timedelta(seconds=31))
    return polls


def vote(bot: Moot, name: str, poll: int, place: int) -> Received:
    return Received((f"{name} votes {place} in {poll}",), "{}", said.ButtonTapped(bot.origin(name), f"polls.mark:{poll}:{place}"))


def close(bot: Moot, poll: PollRow) -> Received:
    return Received((f"Dana closes {poll.id}",), "{}", said.CommandSent(bot.origin("Dana"), "close", f"D-{poll.number}"))


def race(bot: Moot, polls: list[PollRow], closer: str) -> dict[int, dict[str, Ack | None]]:
    """Per poll: what each voter was told, while the last hand closed it."""
    start = threading.Barrier(HANDS, timeout=60)
    hands = [Hand(name, bot, [vote(bot, name, poll.id, 2) for poll in polls], start, SWEEP) for name in VOTERS]
    last: list[Received | int] = [close(bot, poll) if closer == "command" else poll.id for poll in polls]
    hands.append(Hand("Dana", bot, last, start, SWEEP))
    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(Hand.run, hands))
    return {poll.id: {name: hand.acks[n] for name, hand in zip(VOTERS, hands, strict=False)} for n, poll in enumerate(polls)}


def run_race(bot: Moot, trials: int, closer: str) -> None:
    told = race(bot, polls := opened(bot, trials), closer)
    entered = {facts["poll"]: facts for facts in (json.loads(entry.public)["facts"] for entry in bot.entries()) if "poll" in facts}
    outcomes: set[int] = set()
    for poll in polls:
        accepted = {name for name, ack in told[poll.id].items() if ack is not None and not ack.refused}
        facts, marks = entered[f"D-{poll.number}"], bot.rows(MarkRow, poll_id=poll.id)
        assert facts["received"] == facts["counted"] + facts["replaced"] + facts["refused"] == 1 + len(accepted)
        assert facts["counted"] == len(marks) == len(accepted | {"Anna"})
        assert facts["figures"] == {"1": int("Anna" not in accepted), "2": len(accepted)}
        outcomes.add(len(accepted))
    assert len(outcomes) > 1, "always the same came first: this was no race"


@pytest.mark.parametrize("closer", ["command", "sweep"])
def test_voting_against_closing(bot: Moot, closer: str) -> None:
    run_race(bot, 40, closer)


@pytest.mark.long
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("closer", ["command", "sweep"])
def test_voting_against_closing_two_and_a_half_thousand_times(bot: Moot, closer: str) -> None:
    """Ten thousand trials over both databases and both ways to close."""
    for _ in range(10):
        run_race(bot, 250, closer)
