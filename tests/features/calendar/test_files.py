"""The iCalendar file, whatever stands in it: as the RFC asks, as the library reads it, and as it was said."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.features.calendar import files
from bot.language import Voice
from bot.routing.house import Dated
from bot.tidy import tidy
from tests.support import ical

NOW = datetime(2026, 11, 21, 12, 0, 0, 987654, tzinfo=UTC)
FOUNDED = datetime(2026, 1, 1, 8, 30, 0, 123456, tzinfo=UTC)
ZONES = ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati"]


def about(zone: str = "UTC", group_id: int = 1, title: str = "The moot") -> files.About:
    return files.About(group_id, FOUNDED, title, Voice("en", zone))


def read(file: bytes) -> list[tuple[str, date | datetime, str]]:
    """As the library reads it: identity, day or instant, title."""
    whole = Calendar.from_ical(file)
    return [(str(each["uid"]), each.decoded("dtstart"), str(each["summary"])) for each in whole.walk("VEVENT")]


dated = st.builds(
    Dated,
    key=st.integers(1, 10**9).map("round:{}".format),
    at=st.integers(0, 10**9).map(lambda seconds: FOUNDED + timedelta(seconds=seconds)),
    title=st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    whole_day=st.booleans(),
)


@given(st.lists(dated, min_size=1, max_size=4, unique_by=lambda each: each.key), st.sampled_from(ZONES), st.text(max_size=90))
def test_any_dates_make_a_file_that_says_them(dates: list[Dated], zone: str, title: str) -> None:
    file = files.written(dates, about(zone, title=tidy(title)), NOW)
    events = ical.events(file)
    assert [ical.text(event, "SUMMARY") for event in events] == [tidy(each.title, 160) for each in dates]
    assert [(uid, at, words) for uid, at, words in read(file)] == [
        (event["UID"][2], ical.starts(event), ical.text(event, "SUMMARY")) for event in events
    ]
    for each, event in zip(dates, events, strict=True):
        local = each.at.astimezone(Voice("en", zone).zone)
        assert ical.starts(event) == (local.date() if each.whole_day else each.at.replace(microsecond=0))


def test_long_and_strange_titles_are_folded_and_escaped() -> None:
    title = "D-3 closes: " + "👩‍👩‍👧‍👦;, \\n " * 12 + "BEGIN:VEVENT"
    file = files.written([Dated("proposal:1", NOW, title + "\r\nEND:VCALENDAR")], about(), NOW)
    assert ical.text(ical.events(file)[0], "SUMMARY") == tidy(title + " END:VCALENDAR", 160)
    assert len(read(file)) == 1


def test_a_date_keeps_its_identity_in_its_group_alone() -> None:
    first, moved = Dated("poll:7", NOW, "D-7"), Dated("poll:7", NOW + timedelta(days=1), "D-7, later")
    ids = [read(files.written([each], about(), at))[0][0] for each, at in ((first, NOW), (moved, NOW + timedelta(days=2)))]
    assert ids[0] == ids[1]
    assert read(files.written([first], about(group_id=2), NOW))[0][0] != ids[0]
    assert read(files.written([Dated("proposal:7", NOW, "D-7")], about(), NOW))[0][0] != ids[0]


def test_a_term_that_ends_after_midnight_in_the_groups_zone_ends_on_that_day() -> None:
    late = Dated("mandate:1", datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "Anna's term ends", whole_day=True)
    assert read(files.written([late], about("Europe/Berlin"), NOW))[0][1] == date(2027, 1, 1)
    assert read(files.written([late], about("UTC"), NOW))[0][1] == date(2026, 12, 31)
