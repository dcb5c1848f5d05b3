"""A bot for each story, on a SQLite file of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.moot import Moot, moot_in


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Moot]:
    made = moot_in(tmp_path)
    yield made
    made.close()
