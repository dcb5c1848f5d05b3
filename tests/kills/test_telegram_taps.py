"""Hundreds of people tap in Telegram groups while the bot is killed a thousand times."""

import random
from pathlib import Path

import pytest

from tests.kills.conftest import Tell
from tests.kills.house import House
from tests.kills.series import Series
from tests.kills.telegram_crowd import TelegramCrowd
from tests.support.botapi.remote import Remote
from tests.support.zygote import Zygote


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_a_thousand_kills(moot: House, remote: Remote, rng: random.Random, tell: Tell) -> None:
    tell((await Series(moot.on_telegram(remote), [TelegramCrowd(remote, rng, groups=200)], rng).run(1000)).told())


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_two_hundred_kills_on_postgresql(
    bots: Zygote, tmp_path: Path, postgres_url: str, remote: Remote, rng: random.Random, tell: Tell
) -> None:
    house = House(bots, tmp_path / "house", url=postgres_url).on_telegram(remote)
    tell((await Series(house, [TelegramCrowd(remote, rng, groups=80)], rng).run(200)).told())
