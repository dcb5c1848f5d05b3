"""A call in a group, on a database of its own."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.chat.incoming import CommandSent, Origin
from bot.chat.refs import ChatRef, PersonRef
from bot.features import FEATURES
from bot.routing.dispatch import call_for
from bot.routing.feature import Call
from bot.routing.house import House
from bot.routing.routes import routes_of
from tests.support.quick import quick

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def call(sqlite_house: str) -> Iterator[Call]:
    event = CommandSent(Origin(ChatRef("telegram", "-100"), PersonRef("telegram", "1"), "Anna"), "close")
    with closing(quick(sqlite_house)) as database, database.transaction() as db:
        yield call_for(db, routes_of(FEATURES, House("test")), event, "e1", NOON)
