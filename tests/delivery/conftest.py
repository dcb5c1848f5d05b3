"""A sender for each test, on a database of its own."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any, Protocol

import pytest

from tests.support.post import Post
from tests.support.room import FakePlatform, matrix_like


class MakePost(Protocol):
    def __call__(self, platform: FakePlatform, **more: Any) -> Post: ...


@pytest.fixture
def post(sqlite_house: str) -> Iterator[Post]:
    """Telegram-like: nobody drops repetitions."""
    with closing(Post(sqlite_house, FakePlatform())) as made:
        yield made


@pytest.fixture
def matrix(sqlite_house: str) -> Iterator[Post]:
    """Matrix-like: a repetition of the same delivery is dropped."""
    with closing(Post(sqlite_house, matrix_like())) as made:
        yield made


@pytest.fixture
def make_post(sqlite_house: str) -> Iterator[MakePost]:
    with ExitStack() as stack:
        yield lambda platform, **more: stack.enter_context(closing(Post(sqlite_house, platform, **more)))
