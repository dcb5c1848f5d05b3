"""When a weekly bulletin comes, as it is typed and as it is worked out."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.features.paper import rules
from bot.refusal import Refused


@pytest.mark.parametrize(
    ("typed", "read"),
    [("weekly", ["weekly", 9]), ("Weekly at 18:00", ["weekly", 18]), ("weekly 7", ["weekly", 7]), ("off", ["off", 9])],
)
def test_settings_that_are_read(typed: str, read: list[str | int]) -> None:
    assert rules.read(typed) == read


@pytest.mark.parametrize("typed", ["", "daily", "weekly 24", "weekly -1", "weekly 9 10", "weekly ٩", "weekly 9:30"])
def test_settings_that_are_refused(typed: str) -> None:
    with pytest.raises(Refused, match="no such bulletin"):
        rules.read(typed)


def test_the_next_monday_in_the_zone_also_where_the_clocks_change() -> None:
    zone = ZoneInfo("Europe/Berlin")
    before = datetime(2027, 3, 27, 12, tzinfo=UTC)  # the clocks go forward in the night
    assert rules.next_time(9, before, zone) == datetime(2027, 3, 29, 7, tzinfo=UTC)
    assert rules.next_time(9, datetime(2027, 3, 29, 7, tzinfo=UTC), zone) == datetime(2027, 4, 5, 7, tzinfo=UTC)


def test_a_fingerprint_in_groups_of_eight() -> None:
    assert rules.grouped("ab" * 32) == ["abababab"] * 8
