"""Several processes share a database that is kept in parts as they share one that is whole."""

from collections.abc import Iterator

import pytest

from bot.parting import parted
from tests.kills import test_sharing as sharing
from tests.support.moot import furnish
from tests.support.postgres import Postgres

pytestmark = pytest.mark.long
shared = sharing.shared
test_two_share_the_work = sharing.test_two_share_the_work_and_stop_in_order
test_whoever_listens_is_killed = sharing.test_whoever_listens_is_killed_and_the_other_takes_over
test_one_of_two_is_killed_now_and_then = sharing.test_one_of_two_is_killed_now_and_then


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """In place of an empty one."""
    with postgres.database() as url:
        furnish(url)
        parted(url, 16)
        yield url
