"""/calendar: all that ends, closes or is looked at again, as a file that common calendars open."""

from datetime import UTC, date, datetime

import pytest

from bot.chat.refs import ChatRef
from tests.support import ical
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform

PEOPLE = ("Anna", "Ben", "Cleo", "Dana", "Eli")


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    made = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    enrol(made, *PEOPLE)
    return made


def calendar(bot: Moot, name: str = "Anna") -> bytes:
    bot.says(name, "/calendar")
    (file,) = bot.last().message.attachments
    assert (file.name, file.media_type) == ("folkmoot.ics", "text/calendar")
    return file.content


def dates(file: bytes) -> list[tuple[str, date | datetime]]:
    return [(ical.text(event, "SUMMARY"), ical.starts(event)) for event in ical.events(file)]


def test_a_group_without_dates(bot: Moot) -> None:
    bot.says("Anna", "/calendar")
    assert bot.last().text == "Nothing has a date at the moment, so there is no file to give."
    assert bot.last().message.attachments == ()


def test_what_is_open_and_what_is_reviewed(bot: Moot) -> None:
    bot.says("Anna", "/settings zone Europe/Berlin")
    bot.says("Anna", "/propose We buy a dishwasher; quietly, please review in 6 months")
    for name in PEOPLE:
        bot.taps(name, "Consent")
    bot.says("Anna", "/close")
    bot.says("Ben", "/propose We paint the stairs until Friday 18:00")
    bot.says("Cleo", "/poll Lunch? | Soup | Salad | until 27 Nov 18:30")
    file = calendar(bot)
    assert dates(file) == [
        ("D-2 closes: We paint the stairs", datetime(2026, 11, 27, 17, 0, tzinfo=UTC)),
        ("D-3 closes: Lunch?", datetime(2026, 11, 27, 17, 30, tzinfo=UTC)),
        ("D-1 is looked at again: We buy a dishwasher; quietly, please", date(2027, 5, 21)),
    ]
    assert bot.seen("3 dates").text.splitlines() == [
        "3 dates, for your calendar. These come first:",
        "• 27 Nov 2026 18:00 CET: D-2 closes: We paint the stairs",
        "• 27 Nov 2026 18:30 CET: D-3 closes: Lunch?",
        "• 21 May 2027 13:00 CEST: D-1 is looked at again: We buy a dishwasher; quietly, please",
    ]


def test_a_later_file_moves_what_has_moved(bot: Moot) -> None:
    bot.says("Anna", "/propose We paint the stairs for 2 days")
    before = ical.events(calendar(bot))
    bot.says("Anna", "/extend 1 day")
    bot.says("Anna", "/amend We paint the stairs green")
    after = ical.events(calendar(bot))
    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert ical.starts(before[0]) != ical.starts(after[0])
    bot.says("Anna", "/withdraw")
    bot.says("Anna", "/calendar")
    assert bot.last().message.attachments == ()


def test_a_review_that_waits_for_an_answer(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher review in 1 month")
    for name in PEOPLE[:3]:
        bot.taps(name, "Consent")
    bot.says("Anna", "/close")
    bot.later(days=31)
    assert dates(calendar(bot)) == [("D-1, last day to answer its review: We buy a dishwasher", date(2027, 1, 5))]
    bot.later(days=15)
    bot.says("Anna", "/calendar")
    assert bot.last().message.attachments == ()


def test_nothing_in_it_that_the_room_does_not_know(bot: Moot) -> None:
    bot.says("Anna", "/poll Who leads? | Ben | Cleo | secret | for 2 days")
    bot.says("Ben", "/poll Lunch? | Soup | Salad | hidden until close | for 2 days")
    bot.taps("Cleo", "Soup")
    bot.says("Cleo", "/rest 3 weeks")
    bot.says("Dana", "/propose We paint the stairs")
    bot.taps("Eli", "Object")
    words = calendar(bot).decode()
    for hidden in ("Soup", "Cleo", "Eli", "Dana", "100200300", "1001", "rest"):
        assert hidden not in words
    assert [title for title, _ in dates(words.encode())] == [
        "D-1 closes: Who leads?",
        "D-2 closes: Lunch?",
        "D-3 closes: We paint the stairs",
    ]


def test_terms_end_on_a_day(bot: Moot) -> None:
    bot.says("Anna", "/settings zone Pacific/Kiritimati")
    bot.says("Anna", "/draw note; taker")
    bot.taps("Anna", "Draw now")
    (name,) = bot.asked()
    bot.taps(name, "Accept")
    assert dates(calendar(bot)) == [(f"{name}'s term ends: note; taker", date(2027, 2, 22))]


def test_another_group_has_another_calendar(bot: Moot) -> None:
    bot.says("Anna", "/propose We paint the stairs")
    other = ChatRef("telegram", "-9")
    bot.says("Anna", "/calendar", other)
    assert bot.last(other).text.startswith("Nothing has a date")
    ack = bot.says("Anna", "/calendar", ChatRef("telegram", "anna-alone"), kind="private", chat_title="")
    assert ack is not None
    assert ack.refused


def test_in_the_rooms_own_language(bot: Moot) -> None:
    bot.says("Anna", "/propose We paint the stairs")
    bot.says("Anna", "/settings language es")
    assert [title for title, _ in dates(calendar(bot))] == ["Cierra D-1: We paint the stairs"]
