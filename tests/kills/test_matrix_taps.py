"""A few dozen people react in Matrix rooms while the bot is killed hundreds of times: nothing is doubled at all."""

import random
from pathlib import Path

import pytest

from tests.kills.conftest import Tell
from tests.kills.house import House
from tests.kills.matrix_crowd import matrix_crowd
from tests.kills.series import Series
from tests.support.synapse import Synapse
from tests.support.zygote import Zygote


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_a_thousand_kills(moot: House, synapse: Synapse, rng: random.Random, tell: Tell) -> None:
    async with matrix_crowd(synapse, rng, rooms=6) as crowd:
        tell((await Series(moot.on_matrix(crowd.bot), [crowd], rng).run(1_000)).told())


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_two_hundred_kills_on_postgresql(
    bots: Zygote, tmp_path: Path, postgres_url: str, synapse: Synapse, rng: random.Random, tell: Tell
) -> None:
    async with matrix_crowd(synapse, rng) as crowd:
        house = House(bots, tmp_path / "house", url=postgres_url).on_matrix(crowd.bot)
        tell((await Series(house, [crowd], rng).run(200)).told())


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_a_hundred_kills_in_an_encrypted_room(moot: House, synapse: Synapse, rng: random.Random, tell: Tell) -> None:
    async with matrix_crowd(synapse, rng, rooms=2, people=5, encrypted=True) as crowd:
        tell((await Series(moot.on_matrix(crowd.bot), [crowd], rng).run(100)).told())
