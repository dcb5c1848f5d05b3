"""Days that are over: the last one that the words may mean, in the group's zone."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commons.when import read_since, read_until
from bot.language import Voice
from bot.refusal import Refused

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday


def since(words: str, language: str = "en") -> str:
    voice = Voice(language, "Europe/Berlin")
    return f"{read_since(words, NOW, voice).astimezone(voice.zone):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("March", "2026-03-01"),
        ("december", "2025-12-01"),
        ("March 2025", "2025-03-01"),
        ("3 March", "2026-03-03"),
        ("December 24", "2025-12-24"),
        ("2026-03-01", "2026-03-01"),
        ("today", "2026-11-21"),
        ("yesterday", "2026-11-20"),
        ("Saturday", "2026-11-21"),
        ("Monday", "2026-11-16"),
        ("2 weeks ago", "2026-11-07"),
        ("3 months ago", "2026-08-21"),
        ("last week", "2026-11-14"),
        ("5 hours ago", "2026-11-21"),
        ("90 days", "2026-08-23"),
    ],
)
def test_english_days(words: str, day: str) -> None:
    assert since(words) == f"{day} 00:00"


@pytest.mark.parametrize(
    ("words", "day"),
    [("marzo", "2026-03-01"), ("hace 3 meses", "2026-08-21"), ("ayer", "2026-11-20"), ("el lunes", "2026-11-16")],
)
def test_spanish_days(words: str, day: str) -> None:
    assert since(words, "es") == f"{day} 00:00"


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("yesterday", "2026-11-20 23:59"),
        ("March", "2026-03-31 23:59"),
        ("March 2025", "2025-03-31 23:59"),
        ("3 March", "2026-03-03 23:59"),
        ("3 months ago", "2026-08-21 23:59"),
        ("today", "2026-11-21 13:00"),
        ("November", "2026-11-21 13:00"),
        ("25 October", "2026-10-25 23:59"),
    ],
)
def test_until_the_end_of_a_day_or_a_month(words: str, last: str) -> None:
    """Now at the latest; also on the day on which the clocks are put back."""
    voice = Voice("en", "Europe/Berlin")
    assert f"{read_until(words, NOW, voice).astimezone(voice.zone):%Y-%m-%d %H:%M}" == last


@pytest.mark.parametrize("words", ["tomorrow", "2027-01-01", "banana", "99999 years ago", "0"])
def test_what_is_no_day_that_is_over(words: str) -> None:
    with pytest.raises(Refused) as caught:
        since(words)
    assert caught.value.why == "no such time"


@given(st.text("0123456789 agomnthsyerMach-./", max_size=16))
def test_whatever_is_typed_is_past_or_refused(words: str) -> None:
    with suppress(Refused):
        assert read_since(words, NOW, Voice()) <= NOW
