"""Digests of which nobody knows whether they arrived: none is repeated by itself, and the next one tells of their days as well."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat.adapter import OutcomeUnknown, TryLater
from bot.chat.message import plain
from tests.stories.test_digest import DAILY, PEOPLE, decide, digests
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with closing(Moot(sqlite_house, [FakePlatform(keeps_taps_for=None)], digest=DAILY)) as made:
        enrol(made, *PEOPLE)
        made.settle()
        yield made


def test_one_that_may_not_have_arrived_is_told_again_by_the_next(bot: Moot) -> None:
    """Telegram does not say, and repeats nothing that is no result; what was told beside it is not told twice."""
    decide(bot, "One")
    bot.says("Cleo", "/poll Lunch? | Soup | Salad | until Friday 12:30")
    bot.platforms[0].fail = lambda each: OutcomeUnknown(False) if plain(each.message).startswith("📰") else None
    bot.later(hours=6)
    bot.says("Ben", "/circle kitchen Anna, Ben")
    bot.restart(days=1)
    bot.platforms[0].fail = lambda _: None
    assert digests(bot) == []
    bot.later(days=1)
    (said,) = digests(bot)
    assert said.text.splitlines()[1:6] == [
        "Whether the last digest arrived here is not known, so this one tells of its days, too.",
        "Decided",
        "• D-1 is adopted: One",
        "Opened",
        "• D-2 Lunch?, until 27 Nov 2026 12:30 UTC",
    ]
    assert "kitchen" in said.text
    bot.says("Ben", "/circle garden Anna, Ben")
    bot.later(days=1)
    assert "One" not in digests(bot)[-1].text
    assert "garden" in digests(bot)[-1].text


def test_one_that_is_lost_after_the_next_was_promised_is_told_again_as_well(bot: Moot) -> None:
    decide(bot, "One")
    bot.platforms[0].fail = lambda _: TryLater(60)
    bot.later(hours=6)
    bot.restart(days=1)
    bot.says("Ben", "/circle kitchen Anna, Ben")
    bot.restart(days=1)
    bot.platforms[0].fail = lambda each: OutcomeUnknown(False) if "One" in plain(each.message) else None
    bot.later(minutes=2)
    assert ["kitchen" in each.text for each in digests(bot)] == [True]
    bot.platforms[0].fail = lambda _: None
    bot.later(days=1)
    assert "D-1 is adopted: One" in digests(bot)[-1].text
    bot.later(days=1)
    assert len(digests(bot)) == 2


def test_a_digest_of_which_nobody_knows_whether_it_arrived_is_not_repeated(bot: Moot) -> None:
    """It is told of by the next, also on a day on which nothing else is to be told; and then no more."""
    decide(bot, "One")
    bot.platforms[0].faults.append(TimeoutError())
    bot.later(hours=6)
    bot.later(hours=1)
    assert digests(bot) == []
    bot.later(days=1)
    assert "D-1 is adopted: One" in digests(bot)[0].text
    bot.later(days=1)
    assert len(digests(bot)) == 1
