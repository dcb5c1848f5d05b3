"""The places: each platform's room with four people in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conformance.matrix import matrix_place
from tests.conformance.places import Place
from tests.conformance.telegram import telegram_place
from tests.conformance.terminal import TerminalPlace
from tests.support.synapse import Synapse, synapse

__all__ = ["synapse"]
NAMES = ("Anna", "Ben", "Cleo", "Dana", "Eli")


PLACES = ("terminal", "telegram", "matrix", "matrix-encrypted")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every place; of most stories the plain Matrix room tells in the long run only, because its encrypted room tells more."""
    if "place" in metafunc.fixturenames:
        rare = "" if getattr(metafunc.module, "EVERYWHERE", False) else "matrix"
        params = [pytest.param(name, marks=pytest.mark.long if name == rare else ()) for name in PLACES]
        metafunc.parametrize("place", params, indirect=True)


@pytest.fixture
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    if request.param == "terminal":
        yield TerminalPlace()
        return
    if request.param == "telegram":
        async with telegram_place(NAMES) as made:
            yield made
        return
    server: Synapse = request.getfixturevalue("synapse")
    async with matrix_place(server, tmp_path, NAMES, encrypted=request.param.endswith("encrypted")) as room:
        yield room
