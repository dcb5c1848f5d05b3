"""A group's voice: facts go into sentences as they are, and times, lists and lengths are worded its way."""

from datetime import UTC, datetime, timedelta

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.message import Mention, Text
from bot.chat.refs import PersonRef
from bot.language import LANGUAGES, Voice, word_files, zone_in

NOON = datetime(2026, 11, 21, 12, 0, 5, tzinfo=UTC)
anything = st.text(st.characters(), max_size=40)


@given(anything)
def test_what_people_wrote_is_never_read_as_a_form(fact: str) -> None:
    assert Voice()._("before {fact} after", fact=fact) == f"before {fact} after"
    assert Voice().n_("one {fact}", "{n} {fact}", 2, fact=fact) == f"2 {fact}"
    assert "".join(span.text for span in Voice().line("before {fact} after", fact=fact)) == f"before {fact} after"


def test_facts_with_braces_stay_themselves() -> None:
    assert Voice()._("{a} {b}", a="{b}", b="{0.__class__}") == "{b} {0.__class__}"


def test_a_line_keeps_its_spans() -> None:
    anna = Mention(PersonRef("telegram", "1"), "Anna")
    assert Voice().line("{name} has {n}.", name=anna, n=3) == (anna, Text(" has "), Text("3"), Text("."))


@pytest.mark.parametrize(
    ("seconds", "english", "spanish"),
    [
        (5, "5 seconds", "5 segundos"),
        (60, "1 minute", "1 minuto"),
        (100, "100 seconds", "100 segundos"),
        (5400, "90 minutes", "90 minutos"),
        (3600, "1 hour", "1 hora"),
        (86_400, "1 day", "1 día"),
        (129_600, "36 hours", "36 horas"),
    ],
)
def test_a_duration_is_exact(seconds: int, english: str, spanish: str) -> None:
    assert Voice().duration(timedelta(seconds=seconds)) == english
    assert Voice("es").duration(timedelta(seconds=seconds)) == spanish


def test_times_are_the_groups_own() -> None:
    kolkata = Voice("en", "Asia/Kolkata")
    assert (kolkata.clock(NOON), kolkata.minute(NOON)) == ("17:30:05 IST", "17:30")
    assert kolkata.moment(NOON) == "21 Nov 2026 17:30 IST"
    assert Voice("es", "Europe/Madrid").moment(NOON) == "21 nov 2026 13:00 CET"
    assert kolkata.moment_span(NOON).at == NOON


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    berlin = Voice("en", "Europe/Berlin")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert [berlin.moment(first + timedelta(hours=n)) for n in (0, 1)] == ["25 Oct 2026 02:30 CEST", "25 Oct 2026 02:30 CET"]


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("  europe/BERLIN ", "Europe/Berlin"),
        ("america/new york", "America/New_York"),
        ("utc", "UTC"),
        ("Mars/Olympus", None),
        ("", None),
        ("../UTC", None),
        ("/etc/localtime", None),
        ("\0", None),
        ("Europe", None),
    ],
)
def test_a_zone_is_found_by_its_name_only(typed: str, zone: str | None) -> None:
    assert zone_in(typed) == zone


@given(anything)
def test_any_words_may_be_asked_for_a_zone(typed: str) -> None:
    zone = zone_in(typed)
    assert zone is None or Voice("en", zone).zone.key == zone


def test_lists() -> None:
    assert [Voice().listed(words) for words in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B, and C"]
    assert Voice("es").listed(["A", "B", "C"]) == "A, B y C"


@given(st.lists(st.sampled_from(["{0}", "{1}", "A", "%s", "{"]), max_size=4))
def test_names_in_a_list_are_never_read_as_a_form(names: list[str]) -> None:
    listed = Voice().listed(names)
    assert sum(listed.count(name) for name in set(names)) >= len(set(names))
    assert len(listed) == sum(map(len, names)) + len(Voice().listed(["_"] * len(names))) - len(names)


def test_each_language_is_there_and_its_sentences_take_the_same_facts() -> None:
    for language, path in ((spoken, path) for spoken in LANGUAGES for path in word_files(spoken)):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        assert [message.id for message in catalogue if message.id and (message.fuzzy or not all_strings(message.string))] == []
        assert [(message.id, list(map(str, errors))) for message, errors in catalogue.check()] == []


def test_every_language_but_english_has_its_words() -> None:
    assert {language for language in LANGUAGES if word_files(language)} == LANGUAGES.keys() - {"en"}


def all_strings(string: object) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def test_an_unknown_sentence_is_said_in_english() -> None:
    assert Voice("es")._("no such sentence {n}", n=1) == "no such sentence 1"


AHEAD = {
    timedelta(): ("in 1 minute", "dentro de 1 minuto"),
    timedelta(minutes=90): ("in 90 minutes", "dentro de 90 minutos"),
    timedelta(hours=47, minutes=59): ("in 48 hours", "dentro de 48 horas"),
    timedelta(days=14, hours=23): ("in 15 days", "dentro de 15 días"),
    timedelta(days=59, hours=23): ("in 60 days", "dentro de 60 días"),
    timedelta(days=92): ("in 3 months", "dentro de 3 meses"),
    timedelta(days=731): ("in 24 months", "dentro de 24 meses"),
    timedelta(days=-3): ("in 1 minute", "dentro de 1 minuto"),
}


@pytest.mark.parametrize(("length", "words"), AHEAD.items())
def test_how_far_off_something_is(length: timedelta, words: tuple[str, str]) -> None:
    assert (Voice("en").ahead(length), Voice("es").ahead(length)) == words


def test_a_day_is_that_of_the_groups_zone() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert [Voice("en").date(late), Voice("es", "Europe/Madrid").date(late)] == ["21 Nov 2026", "22 nov 2026"]
