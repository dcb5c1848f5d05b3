"""Whatever happens to the bot, the clocks and the settings: each entry of the register is told in one digest, in order."""

from contextlib import closing
from random import Random

import pytest

from tests.support.days import Days
from tests.support.moot import Moot
from tests.support.room import FakePlatform


def live(url: str, seed: int, steps: int) -> None:
    with closing(Moot(url, [FakePlatform(keeps_taps_for=None)], digest=("daily", 18))) as bot:
        days = Days(bot, Random(seed))
        days.live(steps)
        days.check()


@pytest.mark.parametrize("seed", range(3))
def test_each_entry_is_told_once_and_in_order(sqlite_house: str, seed: int) -> None:
    live(sqlite_house, seed, 14)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
def test_each_entry_is_told_once_and_in_order_in_long_histories(sqlite_house: str, seed: int) -> None:
    live(sqlite_house, seed, 40)


def test_on_either_database(either_house: str) -> None:
    live(either_house, 17, 14)
