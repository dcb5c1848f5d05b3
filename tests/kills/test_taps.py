"""One bot on both platforms at once, killed sixty times."""

import random

import pytest

from tests.kills.conftest import Tell
from tests.kills.house import House
from tests.kills.matrix_crowd import matrix_crowd
from tests.kills.series import Series
from tests.kills.telegram_crowd import TelegramCrowd
from tests.support.botapi.remote import Remote
from tests.support.synapse import Synapse


@pytest.mark.timeout(600)  # a minute on a machine at rest
async def test_sixty_kills_on_both_platforms(moot: House, remote: Remote, synapse: Synapse, rng: random.Random, tell: Tell) -> None:
    async with matrix_crowd(synapse, rng) as matrix:
        moot.on_telegram(remote).on_matrix(matrix.bot)
        figures = await Series(moot, [TelegramCrowd(remote, rng), matrix], rng).run(60)
    tell(figures.told())
