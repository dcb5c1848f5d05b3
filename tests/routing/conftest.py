"""A desk for each test, on databases of both kinds."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from tests.support.desk import Desk

MakeDesk = Callable[..., Desk]


@pytest.fixture
def desk(house: str) -> Iterator[Desk]:
    with closing(Desk(house)) as made:
        yield made


@pytest.fixture
def make_desk(sqlite_house: str) -> Iterator[MakeDesk]:
    with ExitStack() as stack:

        def make(**more: Any) -> Desk:
            return stack.enter_context(closing(Desk(sqlite_house, **more)))

        yield make
