"""Until when somebody rests, as they type it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commons.when import after
from bot.features.rest import ends
from bot.language import Voice
from bot.refusal import Refused

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)  # a Saturday
BERLIN, MADRID = Voice("en", "Europe/Berlin"), Voice("es", "Europe/Madrid")


@pytest.mark.parametrize(
    ("text", "ends_at"),
    [
        ("3 weeks", datetime(2026, 12, 12, 12, 0, tzinfo=UTC)),
        ("for 3 weeks", datetime(2026, 12, 12, 12, 0, tzinfo=UTC)),
        ("For 3 weeks, my mother is ill", datetime(2026, 12, 12, 12, 0, tzinfo=UTC)),
        ("3 weeks because I am tired", datetime(2026, 12, 12, 12, 0, tzinfo=UTC)),
        ("until Friday", datetime(2026, 11, 27, 22, 59, tzinfo=UTC)),
        ("Friday 18:00", datetime(2026, 11, 27, 17, 0, tzinfo=UTC)),
        ("until 2026-12-01 18:00 (exams)", datetime(2026, 12, 1, 17, 0, tzinfo=UTC)),
        ("6 months", datetime(2027, 5, 21, 11, 0, tzinfo=UTC)),  # 13:00 on Berlin's clocks, in winter and in summer
        ("1 year", datetime(2027, 11, 21, 12, 0, tzinfo=UTC)),
        ("2 hours", datetime(2026, 11, 21, 14, 0, tzinfo=UTC)),
    ],
)
def test_what_people_type(text: str, ends_at: datetime) -> None:
    assert ends.read_end(text, NOW, BERLIN) == ends_at


@pytest.mark.parametrize("text", ["hasta el viernes", "hasta viernes", "el viernes"])
def test_in_spanish_too(text: str) -> None:
    assert ends.read_end(text, NOW, MADRID) == datetime(2026, 11, 27, 22, 59, tzinfo=UTC)
    assert ends.read_end("por 3 semanas", NOW, MADRID) == NOW + timedelta(weeks=3)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "rest unreadable"),
        ("a while", "rest unreadable"),
        ("0 days", "rest unreadable"),
        ("-3 weeks", "rest unreadable"),
        ("1/0", "rest unreadable"),
        ("NaN", "rest unreadable"),
        ("until Ben is back", "rest unreadable"),
        ("1 " * 2000, "rest unreadable"),
        ("for for 3 weeks", "rest unreadable"),
        ("until yesterday", "time is past"),
        ("until 2026-02-30", "rest unreadable"),
        ("13 months", "rest too long"),
        ("99999999 days", "rest too long"),
        ("until 2028-06-01", "rest too long"),
        ("until 2999-06-01", "rest too long"),
    ],
)
def test_what_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused) as no:
        ends.read_end(text, NOW, BERLIN)
    assert no.value.why == why


@given(st.text(max_size=60))
def test_whatever_is_typed_a_rest_ends_within_a_year_or_is_refused(text: str) -> None:
    try:
        ends_at = ends.read_end(text, NOW, BERLIN)
    except Refused:
        return
    assert NOW < ends_at <= after(ends.LONGEST, NOW, BERLIN.zone)
