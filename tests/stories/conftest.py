"""A bot for each story, on a database of its own."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from tests.support.moot import MakeMoot, Moot, enrol


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with closing(Moot(sqlite_house)) as made:
        yield made


@pytest.fixture
def moot(sqlite_house: str) -> Iterator[MakeMoot]:
    """For a story that wants platforms, a seed or a rhythm of its own."""
    with ExitStack() as stack:
        yield lambda **more: stack.enter_context(closing(Moot(sqlite_house, **more)))


@pytest.fixture(scope="module")
def three_in(lasting_house: str) -> Iterator[Moot]:
    """Anna, Ben and Cleo are in the hat, for all tests of a module that change nothing."""
    with closing(Moot(lasting_house)) as made:
        enrol(made, "Anna", "Ben", "Cleo")
        yield made
