"""Whatever has happened before, nothing is left of whoever is forgotten, and all hashes and counts are as they were."""

import random
from contextlib import closing

import pytest

from tests.support.lives import OTHERS, step
from tests.support.moot import Moot, enrol
from tests.support.oblivion import REF, ZELDA, chain_holds, counts, traces
from tests.support.room import FakePlatform


def forget(bot: Moot) -> None:
    """Once no draw is under way."""
    bot.later(hours=1)
    bot.says(ZELDA, "/forget me")
    bot.taps(ZELDA, "Forget me")
    bot.later(minutes=11)


def play(url: str, seed: int, steps: int) -> None:
    dice = random.Random(seed)
    with closing(Moot(url, [FakePlatform(keeps_taps_for=None)], seed=f"forget {seed}")) as bot:
        bot.people[ZELDA] = REF
        enrol(bot, ZELDA, *OTHERS)
        for _ in range(steps):
            step(bot, dice)
        bot.later(hours=1)
        assert REF in traces(bot)
        before, counted = [row.hash for row in bot.entries()], counts(bot)
        forget(bot)
        assert bot.acks[-1][1].text.startswith("It is done")
        assert traces(bot) == []
        assert [row.hash for row in bot.entries()][: len(before)] == before
        assert chain_holds(bot)
        assert counts(bot) == counted


@pytest.mark.parametrize("seed", range(2))
def test_a_random_history(sqlite_house: str, seed: int) -> None:
    play(sqlite_house, seed, 40)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 14))
def test_more_random_histories(sqlite_house: str, seed: int) -> None:
    play(sqlite_house, seed, 150)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(14, 18))
def test_random_histories_on_the_other_database(postgres_house: str, seed: int) -> None:
    play(postgres_house, seed, 80)
