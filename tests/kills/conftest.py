"""What a series needs: a zygote, a house for each test, a Bot API server of its own, the run's Synapse."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.kills.house import House
from tests.kills.square import Square
from tests.support.botapi.remote import Remote, running
from tests.support.synapse import synapse
from tests.support.zygote import Zygote, zygote

__all__ = ["synapse"]
SEED = int(os.environ.get("KILLS_SEED", "20261121"))
Tell = Callable[[str], None]


@pytest.fixture(scope="session")
def bots() -> Iterator[Zygote]:
    with zygote() as process:
        yield process


@pytest.fixture
def remote() -> Iterator[Remote]:
    """Presses last: on a slow machine the bot may be dead for longer than the 150 s for which Telegram keeps them."""
    with running(lasting=True) as server:
        yield server
        assert server.call("expired") == []


@pytest.fixture
def moot(bots: Zygote, tmp_path: Path) -> House:
    """A house on a SQLite file; no platform is on yet."""
    return House(bots, tmp_path / "house")


@pytest.fixture
def square(remote: Remote) -> Square:
    """A group of a hundred."""
    return Square(remote)


@pytest.fixture
def served(moot: House, remote: Remote) -> House:
    """A house on a SQLite file that is on Telegram."""
    return moot.on_telegram(remote)


@pytest.fixture
def rng() -> random.Random:
    """Where and when to strike. What it hits differs from run to run all the same."""
    print(f"KILLS_SEED={SEED}")
    return random.Random(SEED)


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Figures, to be shown at the end of the run."""
    return lambda figures: record_property("figures", figures)
