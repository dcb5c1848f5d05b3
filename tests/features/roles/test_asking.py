"""What is said about a role is read in any order, in English and Spanish; what does not read is refused, not kept as a name."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.roles import asking, limits
from bot.features.roles.asking import Asked
from bot.features.roles.refusals import texts
from bot.language import Voice
from bot.refusal import Refused
from bot.tidy import folded

NOW = datetime(2027, 3, 27, 12, tzinfo=UTC)
KNOWN = frozenset({"facilitator", "note", "note taker", "voice for ben"})
MEETINGS = {"purpose": "holding our meetings"}


def read(text: str) -> Asked:
    return asking.read(text, KNOWN, lambda words: folded(words) in KNOWN)


READ = {
    "facilitator": Asked("facilitator", {}),
    "facilitator end": Asked("facilitator", {}, ends=True),
    "Note Taker terminar": Asked("Note Taker", {}, ends=True),
    "facilitator end of term": Asked("facilitator end of term", {}),
    "cook for holding our meetings": Asked("cook", MEETINGS),
    "cook for holding our meetings term 2 weeks": Asked("cook", {"term": "2 weeks", **MEETINGS}),
    "cook term 2 weeks seats 2 for holding our meetings": Asked("cook", {"term": "2 weeks", "seats": "2", **MEETINGS}),
    "cook for 2 weeks": Asked("cook", {"term": "2 weeks"}),
    "cook for 2 weeks for holding our meetings": Asked("cook", {"term": "2 weeks", **MEETINGS}),
    "cook with seats 2, term 1 month": Asked("cook", {"seats": "2", "term": "1 month"}),
    "cook (seats 2, term 1 month)": Asked("cook", {"seats": "2", "term": "1 month"}),
    "cook\nterm: 2 weeks\nseats: 2\nfor: holding our meetings": Asked("cook", {"term": "2 weeks", "seats": "2", **MEETINGS}),
    "cook notice 14, 3 and 1 days": Asked("cook", {"notice": "14, 3 and 1 days"}),
    "cook notice none cooling none": Asked("cook", {"notice": "none", "cooling": "none"}),
    "cook answer within 1 day most 2 terms in a row": Asked("cook", {"answer_within": "1 day", "most_terms": "2 terms in a row"}),
    "cook pool note taker seats 2": Asked("cook", {"pool": "note taker", "seats": "2"}),
    "cook cooling off 1 month term default": Asked("cook", {"cooling": "1 month", "term": "default"}),
    "cocinera plazo 2 semanas puestos 2 descanso 1 mes máximo 2 aviso 3 días respuesta 1 día para cocinar": Asked(
        "cocinera",
        {
            "term": "2 semanas",
            "seats": "2",
            "cooling": "1 mes",
            "most_terms": "2",
            "notice": "3 días",
            "answer_within": "1 día",
            "purpose": "cocinar",
        },
    ),
    "note taker: seats 2": Asked("note taker", {"seats": "2"}),
    "note of the week seats 1": Asked("note of the week", {"seats": "1"}),
    "voice for Ben seats 2": Asked("voice for Ben", {"seats": "2"}),
    "voice for Ann": Asked("voice", {"purpose": "Ann"}),
    '"long term planner" seats 2': Asked("long term planner", {"seats": "2"}),
    "long term": Asked("long term", {}),
    "term 2 weeks": Asked("term 2 weeks", {}),
    "cook for those who come on Mondays. seats 2": Asked("cook", {"seats": "2", "purpose": "those who come on Mondays."}),
}


@pytest.mark.parametrize(("text", "asked"), READ.items())
def test_what_is_read(text: str, asked: Asked) -> None:
    assert read(text) == asked


@pytest.mark.parametrize(
    ("text", "why"),
    {
        "": "role unnamed",
        "cook term soon": "option of role",
        "cook term soon seats 2": "option of role",
        "cook seats two": "option of role",
        "cook seats -1": "option of role",
        "cook seats −1": "option of role",
        "cook seats NaN": "option of role",
        "cook seats 1/0": "option of role",
        "cook seats 1,000": "option of role",
        "cook seats ２": "option of role",
        "cook seats " + "9" * 60: "option of role",
        "cook seats 2 and pool all": "option of role",
        "cook pool nobody": "option of role",
        "cook for lunch seats 2 for dinner seats -2": "option of role",
        "cook term 2 weeks term 3 weeks": "option twice",
        "cook term 2 weeks for 3 weeks": "option twice",
        "long term planner seats 2": "option of role",
        '"cook" and more': "option of role",
    }.items(),
)
def test_what_does_not_read_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused) as no:
        read(text)
    assert no.value.why == why


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"term": "23 hours"}, "term length"),
        ({"term": "25 months"}, "term length"),
        ({"term": "99999999 days"}, "term length"),
        ({"cooling": "3 years"}, "cooling length"),
        ({"answer_within": "59 minutes"}, "answer length"),
        ({"answer_within": "31 days"}, "answer length"),
        ({"seats": "0"}, "seats wrong"),
        ({"seats": "31"}, "seats wrong"),
        ({"most_terms": "0"}, "most terms wrong"),
        ({"most_terms": "11"}, "most terms wrong"),
        ({"notice": "0, 1 days"}, "notice wrong"),
        ({"notice": "366 days"}, "notice wrong"),
        ({"notice": "1 month"}, "notice wrong"),
        ({"notice": "1 hour"}, "notice wrong"),
        ({"notice": "6, 5, 4, 3, 2 and 1 days"}, "notice wrong"),
        ({"notice": "１ days"}, "notice wrong"),
        ({"purpose": "x" * 301}, "purpose too long"),
    ],
)
def test_beyond_the_limits_it_is_refused(options: dict[str, str], why: str) -> None:
    with pytest.raises(Refused) as no:
        asking.values(options, NOW)
    assert no.value.why == why
    assert texts.REFUSALS[why](Voice(), prefix="/", **no.value.facts)


def test_at_the_limits_it_is_not() -> None:
    """A day is a day also where the clocks go forward."""
    fine = {"term": "1 day", "seats": "30", "most_terms": "10", "notice": "365, 1", "answer_within": "1 hour", "cooling": "2 years"}
    values = asking.values(fine, NOW)
    assert (values["seats"], values["most_terms"], values["notice"]) == (30, 10, [365, 1])
    assert asking.values({"term": "2 years"}, NOW)["term"] == "2 years"
    assert asking.values({"notice": "1, 3, 14, 3 days"}, NOW)["notice"] == [14, 3, 1]
    assert asking.values({"notice": "2 weeks", "cooling": "none", "term": "default"}, NOW) == {
        "notice": [14],
        "cooling": "",
        "term": "",
    }


def test_a_script_follows_the_name_of_its_role() -> None:
    assert asking.read_script("note taker We ask again.", KNOWN) == ("note taker", "We ask again.")
    assert asking.read_script("Note: We ask again.", KNOWN) == ("Note", "We ask again.")
    assert asking.read_script('"long term" We ask again.', KNOWN) == ("long term", "We ask again.")
    assert asking.read_script("planner We ask again.", KNOWN) == ("planner", "")


WORDS = [
    "cook",
    "note",
    "taker",
    "term",
    "2",
    "weeks",
    "seats",
    "for",
    "pool",
    "all",
    "notice",
    "14,",
    "end",
    "(",
    ")",
    ":",
    "\n",
    '"',
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_whatever_is_said_is_read_or_refused_in_words(text: str) -> None:
    assert outcome(text) in {"read", "option twice", "no such length", *texts.REFUSALS}


def outcome(text: str) -> str:
    try:
        asked = read(text)
        limits.name(asked.name)
        asking.values(asked.options, NOW)
    except Refused as no:
        return no.why
    return "read"
