"""Stances against the close, at the same instant: every stance that was thanked for is in the tally, and no other."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from bot.chat import incoming as said
from bot.chat.incoming import Ack, Received
from bot.features.consent import sweep
from models import EntryRow, RoundRow, StanceRow
from tests.stories.test_race import Hand
from tests.support.moot import Moot, enrol

VOTERS = ("Anna", "Ben", "Cleo")
HANDS = len(VOTERS) + 1


@pytest.fixture
def bot(house: str) -> Iterator[Moot]:
    with closing(Moot(house)) as made:
        enrol(made, *VOTERS)
        yield made


def opened(bot: Moot, trials: int) -> list[int]:
    """So many rounds, all open; their time has passed when the race begins."""
    before = {row.id for row in bot.rows(RoundRow)}
    calls = [said.CommandSent(bot.origin("Anna"), "propose", f"Number {n} for 1 minute") for n in range(trials)]
    bot.hear(*(bot.received(call, (f"{len(before)} {call.text}",)) for call in calls))
    bot.change("UPDATE boards SET message_id = 'm' || id")
    bot.change("UPDATE promises SET state = 'sent'")
    bot.clock.advance(sweep.HOUR)
    return [row.id for row in bot.rows(RoundRow) if row.id not in before]


def race(bot: Moot, rounds: list[int]) -> list[dict[str, Ack | None]]:
    start = threading.Barrier(HANDS, timeout=60)

    def press(name: str, number: int) -> Received:
        return Received((f"{name} {number}",), "{}", said.ButtonTapped(bot.origin(name), f"consent.consent:{number}"))

    hands = [Hand(name, bot, [press(name, number) for number in rounds], start) for name in VOTERS]
    hands.append(Hand("Chair", bot, rounds, start, closing=sweep.SWEEPS[0]))
    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(lambda hand: hand.run(), hands))
    return [{name: hands[n].acks[place] for n, name in enumerate(VOTERS)} for place in range(len(rounds))]


def run_race(bot: Moot, trials: int) -> None:
    rounds = opened(bot, trials)
    told = race(bot, rounds)
    outcomes = set()
    for number, answers in zip(rounds, told, strict=True):
        row = bot.row(RoundRow, id=number)
        counted = {row.member_id for row in bot.rows(StanceRow, round_id=number)}
        thanked = [name for name, ack in answers.items() if ack is not None and not ack.refused]
        assert len(counted) == len(thanked) == row.received
        assert row.outcome == ("adopted" if len(counted) >= row.quorum else "no quorum")
        outcomes.add(len(counted))
    assert len(outcomes) > 1, "always the same came first: this was no race"
    assert len(bot.rows(EntryRow)) >= trials


def test_stances_against_the_close(bot: Moot) -> None:
    run_race(bot, 30)


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_stances_against_the_close_five_thousand_times(bot: Moot) -> None:
    """Ten thousand trials over both databases."""
    for _ in range(20):
        run_race(bot, 250)
