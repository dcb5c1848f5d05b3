"""Waiting for something to become true, with a limit for the case that it never does."""

import time
from collections.abc import Callable

LIMIT = 60.0  # seconds


def await_true(condition: Callable[[], bool], what: str, limit: float = LIMIT) -> None:
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.01)
