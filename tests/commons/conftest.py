"""A group in a database of each kind."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from models.database import Database


@pytest.fixture
def database(house: str) -> Iterator[Database]:
    with closing(Database(house)) as made:
        yield made
