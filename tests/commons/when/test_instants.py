"""Times as people type them: read in the group's zone and language, always to come, or refused in words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commons.when import REFUSALS, after, quiet_until, read_instant, read_length, read_span
from bot.language import Voice
from bot.refusal import Refused

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)  # a Saturday
BERLIN, MADRID = Voice("en", "Europe/Berlin"), Voice("es", "Europe/Madrid")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN.zone)  # type: ignore[misc,arg-type]


READ = {
    "Friday 18:00": at(2026, 11, 27, 18),
    "friday": at(2026, 11, 27, 23, 59),
    "18:00 Friday": at(2026, 11, 27, 18),
    "tomorrow": at(2026, 11, 22, 23, 59),
    "tomorrow 9pm": at(2026, 11, 22, 21),
    "tomorrow at 9": at(2026, 11, 22, 9),
    "18:00": at(2026, 11, 21, 18),
    "9:00": at(2026, 11, 22, 9),
    "in 3 days": at(2026, 11, 24, 13),
    "90 minutes": at(2026, 11, 21, 14, 30),
    "2026-12-01 18:00": at(2026, 12, 1, 18),
    "1 Dec": at(2026, 12, 1, 23, 59),
    "Dec 1 noon": at(2026, 12, 1, 12),
    "1.12.2026": at(2026, 12, 1, 23, 59),
    "in 2 months": at(2027, 1, 21, 13),
}


@pytest.mark.parametrize(("words", "meant"), READ.items())
def test_a_time_is_read_in_the_zone_of_the_group(words: str, meant: datetime) -> None:
    assert read_instant(words, NOW, BERLIN) == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("viernes a las 18", (2026, 11, 27, 18)),
        ("mañana 9:00", (2026, 11, 22, 9)),
        ("en 3 días", (2026, 11, 24, 13)),
        ("pasado mañana", (2026, 11, 23, 23, 59)),
        ("Friday 18:00", (2026, 11, 27, 18)),
        ("3/12", (2026, 12, 3, 23, 59)),
    ],
)
def test_spanish_is_read_in_a_spanish_group(words: str, meant: tuple[int, ...]) -> None:
    assert read_instant(words, NOW, MADRID) == datetime(*meant, tzinfo=MADRID.zone)  # type: ignore[misc,arg-type]


NO = {
    "yesterday": "time is past",
    "2026-11-20": "time is past",
    "0001-01-01": "time is past",
    "2026-02-30": "no such time",
    "2027-02-29": "no such time",
    "24:00": "no such time",
    "23:59:60": "no such time",
    "03/04/2027": "day ambiguous",
    "next Friday": "day ambiguous",
    "in 99999999 days": "too far",
    "in 3 years": "too far",
    "2027-03-28 02:30": "time skipped",
    "1 " * 2000: "no such time",
    "in " + "a " * 2000: "no such time",
    "-1h": "no such time",
    "0m": "no such time",
    "PT1e9S": "no such time",
    "": "no such time",
    "１２：００": "no such time",
    "Fryday": "no such time",
}


@pytest.mark.parametrize(("words", "why"), NO.items())
def test_what_is_no_time_to_come_is_refused(words: str, why: str) -> None:
    with pytest.raises(Refused) as no:
        read_instant(words, NOW, BERLIN)
    assert no.value.why == why
    assert REFUSALS[why](BERLIN, **no.value.facts)


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    before = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert read_instant("25 Oct 2026 02:30", before, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


PIECES = [
    "in",
    "at",
    "1",
    "3",
    "18:00",
    "friday",
    "dec",
    "2026-12-01",
    "days",
    "month",
    "noon",
    "pm",
    ".",
    "-5",
    "3/4",
    "a",
    "\u202e",
    "é",
]
pieces = st.sampled_from(PIECES)


@given(st.one_of(st.text(max_size=80), st.lists(pieces, max_size=6).map(" ".join)))
def test_whatever_is_typed_is_a_time_to_come_or_refused(words: str) -> None:
    try:
        meant = read_instant(words, NOW, BERLIN)
    except Refused as no:
        meant = NOW + timedelta(bool(REFUSALS[no.why](BERLIN, **no.facts)))
    assert NOW < meant <= NOW + timedelta(days=732)


LENGTHS = {
    "3 days": timedelta(3),
    "1h30": timedelta(minutes=90),
    "a day and 12 hours": timedelta(hours=36),
    "2 semanas": timedelta(14),
}


@pytest.mark.parametrize(("words", "length"), LENGTHS.items())
def test_a_length_is_read(words: str, length: timedelta) -> None:
    assert read_length(words) == length


NO_LENGTHS = {"3": "no such length", "2 months": "length not fixed", "9 days": "length too long", "-1h": "no such length"}


@pytest.mark.parametrize(("words", "why"), NO_LENGTHS.items())
def test_what_is_no_fixed_length_is_refused(words: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_length(words, timedelta(days=8))


def test_calendar_spans_keep_the_clock_and_the_month() -> None:
    start = at(2027, 1, 31, 12)
    assert after(read_span("1 month"), start, BERLIN.zone) == at(2027, 2, 28, 12)
    assert after(read_span("2 months"), start, BERLIN.zone) == at(2027, 3, 31, 12)
    assert after(read_span("1 year"), at(2028, 2, 29, 12), BERLIN.zone) == at(2029, 2, 28, 12)


def test_quiet_hours_end_in_the_morning() -> None:
    assert quiet_until(at(2026, 11, 21, 23), BERLIN.zone) == at(2026, 11, 22, 8)
    assert quiet_until(at(2026, 11, 22, 7, 59), BERLIN.zone) == at(2026, 11, 22, 8)
    assert quiet_until(at(2026, 11, 22, 8), BERLIN.zone) == at(2026, 11, 22, 8)
    assert quiet_until(at(2026, 10, 24, 23), BERLIN.zone) == at(2026, 10, 25, 8)
