"""A group in which much is going on, as often as wanted."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path

import pytest

from tests.faults.busy import OnMatrix, settle_in
from tests.support.moot import Moot

Busy = Callable[[], Moot]


@pytest.fixture(scope="session")
def busy_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its SQLite file, to be copied."""
    return settled(Moot, sqlite_template, tmp_path_factory.mktemp("busy"))


@pytest.fixture(scope="session")
def busy_room(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, of one in a Matrix room."""
    return settled(OnMatrix, sqlite_template, tmp_path_factory.mktemp("busy-room"))


def settled(kind: type[Moot], template: Path, folder: Path) -> Path:
    file = folder / "house.sqlite"
    file.write_bytes(template.read_bytes())
    with closing(kind(f"sqlite:///{file}")) as bot:
        settle_in(bot)
    return file


@pytest.fixture
def busy(busy_template: Path, tmp_path: Path) -> Iterator[Busy]:
    numbers = count()

    def make() -> Moot:
        file = tmp_path / f"{next(numbers)}.sqlite"
        file.write_bytes(busy_template.read_bytes())
        return stack.enter_context(closing(Moot(f"sqlite:///{file}")))

    with ExitStack() as stack:
        yield make
