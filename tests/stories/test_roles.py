"""Roles are made in the open, changed after a day in which anybody may object, and ended the same way."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat import incoming as said
from bot.chat.refs import ChatRef
from models import MandateRow, RoleChangeRow, RoleRow
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform, matrix_like

PEOPLE = ("Anna", "Ben", "Cleo")
WHOLE = "/role facilitator term 2 weeks seats 1 pool all notice 3 days cooling 1 month most 2 answer 1 day for holding our meetings"


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    """Three on the roll, on a platform that keeps presses, so that days may pass between two words of a story."""
    with closing(Moot(sqlite_house, platforms=[FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, *PEOPLE)
        yield made


def replies(bot: Moot, name: str, text: str) -> said.Ack | None:
    """To the newest message."""
    return bot.hand(said.Replied(bot.origin(name), text, said.Quoted(bot.last().id, mine=True)))


def serves(bot: Moot, role: str) -> str:
    """Lots are drawn, and whoever is asked accepts."""
    bot.says("Anna", f"/draw {role}")
    bot.taps("Anna", "Draw now")
    name = bot.asked()[0]
    bot.taps(name, "Accept")
    return name


def columns(bot: Moot, name: str = "facilitator") -> dict[str, object]:
    role = bot.row(RoleRow, key=name)
    return {column: getattr(role, column) for column in ("purpose", "term", "seats", "cooling", "most_terms", "notice", "state")}


def test_a_new_role_is_there_at_once(bot: Moot) -> None:
    bot.says("Anna", WHOLE)
    assert bot.last().text.splitlines() == [
        "🧭 New role, by Anna: facilitator",
        "• purpose: holding our meetings",
        "• term: 2 weeks",
        "• seats: 1",
        "• drawn from: all in the hat",
        "• break after serving: 1 month",
        "• most terms in a row: 2",
        "• reminders: 3 days before the end",
        "• time to answer when drawn: 1 day",
        "/draw facilitator fills it by lot.",
        "🌇 Anna, how can this role be dismantled, reconfigured or passed on? Reply to this message with its sunset script; "
        "anyone else says /sunset facilitator <words>.",
    ]
    entry = bot.entries()[-1]
    assert json.loads(entry.public)["kind"] == "role"
    assert json.loads(entry.public)["facts"]["set"]["term"] == "2 weeks"
    assert "tg:1001" not in entry.public
    assert "meetings" not in entry.public
    name = serves(bot, "facilitator")
    mandate = bot.row(MandateRow)
    assert (mandate.ends_at - mandate.starts_at).days == 14
    bot.says("Ben", "/role Facilitator")
    assert f"Held by {name} until 5 Dec 2026." in bot.last().text
    assert "It has no sunset script yet" in bot.last().text


def test_the_sunset_script_is_asked_for_and_given(bot: Moot) -> None:
    bot.says("Anna", "/role facilitator for holding our meetings")
    assert replies(bot, "Ben", "Good idea.") is None
    replies(bot, "Anna", "If three meetings in a row need none,\nthe role ends.")
    assert bot.last().text.splitlines() == [
        "🧭 The role facilitator is changed (D-2)",
        "• sunset script: not said yet → If three meetings in a row need none, the role ends.",
    ]
    bot.says("Ben", "/sunset facilitator")
    assert bot.last().text.endswith("If three meetings in a row need none, the role ends.")
    bot.says("Ben", "/sunset facilitator It never ends.")
    assert bot.row(RoleChangeRow, state="announced").wanted == {"sunset": "It never ends."}
    assert bot.row(RoleRow).sunset.endswith("the role ends.")


def test_a_change_holds_after_a_day_in_which_nobody_objects(bot: Moot) -> None:
    bot.says("Anna", WHOLE)
    name, ends_at = serves(bot, "facilitator"), bot.row(MandateRow).ends_at
    bot.says("Ben", "/role facilitator term 1 month seats 2")
    board = bot.last()
    assert board.text.splitlines() == [
        "🧭 D-3: Ben changes the role facilitator",
        "• term: 2 weeks → 1 month",
        "• seats: 1 → 2",
        f"Mandates that run keep their end: {name} until 5 Dec 2026.",
        "It holds from 22 Nov 2026 12:00 UTC on, unless somebody objects; then the group decides.",
        "Ben can take it back: /withdraw D-3",
    ]
    assert board.labels == ["Object"]
    bot.later(hours=23, minutes=59)
    assert columns(bot)["term"] == "2 weeks"
    bot.later(minutes=1)
    assert (columns(bot)["term"], columns(bot)["seats"], columns(bot)["cooling"]) == ("1 month", 2, "1 month")
    assert bot.row(MandateRow).ends_at == ends_at
    assert board.text.splitlines()[-1] == "Nobody objected, so it holds since 22 Nov 2026 12:00 UTC."
    assert board.labels == []
    assert bot.last().text.startswith("🧭 The role facilitator is changed (D-3)\n• term: 2 weeks → 1 month\n• seats: 1 → 2")


def test_an_objection_in_the_last_second_makes_the_group_decide(bot: Moot) -> None:
    bot.says("Anna", WHOLE)
    bot.says("Ben", "/role facilitator term 1 year")
    board = bot.last()
    bot.later(hours=23, minutes=59, seconds=59)
    ack = bot.taps("Cleo", "Object", board)
    assert ack is not None
    assert ack.text == "You object, so the group decides in D-3. Object there, too, and say what would go wrong."
    bot.later(seconds=1)
    assert columns(bot)["term"] == "2 weeks"
    assert board.text.splitlines()[-1] == "Cleo objects. The group decides in D-3."
    assert bot.last().text.splitlines()[:4] == [
        "📜 D-3: proposal by Ben",
        "> Change the role facilitator. Mandates that run keep their end.",
        "> term: 2 weeks → 1 year",
        "> Cleo objects.",
    ]
    for name in PEOPLE:
        bot.taps(name, "Consent")
    bot.says("Ben", "/close D-3")
    assert columns(bot)["term"] == "1 year"
    assert board.text.splitlines()[-1] == "The group has consented in D-3, so it holds."


def test_a_change_to_which_the_group_does_not_consent_is_dropped(bot: Moot) -> None:
    bot.says("Anna", WHOLE)
    bot.says("Ben", "/role facilitator term 1 year")
    board = bot.last()
    bot.says("Cleo", "/object D-2 A year is too long")
    assert bot.seen("🧭 D-2").text.splitlines()[-1] == "Cleo objects: A year is too long. The group decides in D-3."
    bot.taps("Cleo", "Object")
    bot.later(days=3)
    assert columns(bot)["term"] == "2 weeks"
    assert board.text.splitlines()[-1] == "D-3 did not carry it, so the role stays as it was."
    bot.says("Ben", "/role facilitator term 1 month")
    assert bot.last().labels == ["Object"]


def test_who_put_it_may_take_it_back(bot: Moot) -> None:
    bot.says("Anna", WHOLE)
    bot.says("Ben", "/role facilitator term 1 year")
    bot.says("Cleo", "/withdraw D-2")
    assert bot.last().text == "D-2 is taken back by whoever put it. You can object to it: /object D-2"
    bot.says("Ben", "/object D-2")
    assert bot.last().text == "You put this yourself. /withdraw D-2 takes it back."
    bot.says("Ben", "/withdraw")
    assert bot.last().text == "D-2 is taken back; the role stays as it was."
    bot.later(days=2)
    assert columns(bot)["term"] == "2 weeks"


def test_a_group_may_want_consent_for_all_of_it(bot: Moot) -> None:
    bot.says("Anna", "/settings roles consent")
    assert "roles: made and changed by consent rounds only" in bot.last().text
    bot.says("Anna", WHOLE)
    assert "> Make the role facilitator." in bot.last().text
    assert bot.rows(RoleRow) == []
    for name in PEOPLE:
        bot.taps(name, "Consent")
    bot.says("Anna", "/close")
    assert bot.last().text.startswith("🧭 New role, by Anna: facilitator")
    replies(bot, "Anna", "It ends with the house.")
    assert "sunset script: not said yet → It ends with the house." in bot.last().text
    assert bot.last().text.startswith("📜")


def test_the_groups_own_term(bot: Moot) -> None:
    bot.says("Anna", "/settings term 2 weeks")
    assert "term: 2 weeks, for roles that say nothing else" in bot.last().text
    bot.says("Anna", "/role cook for lunch")
    assert "• term: 2 weeks, as the group has it" in bot.last().text
    serves(bot, "cook")
    bot.says("Anna", "/settings term 1 year")
    mandate = bot.row(MandateRow)
    assert (mandate.ends_at - mandate.starts_at).days == 14


def test_every_room_hears_of_it_and_may_object(moot: MakeMoot) -> None:
    bot = moot(platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])
    other = ChatRef("matrix", "!room")
    enrol(bot, *PEOPLE)
    bot.says("Dana", "/join", other)
    bot.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats)")
    bot.change("UPDATE members SET group_id = (SELECT min(group_id) FROM chats)")
    bot.says("Anna", WHOLE)
    assert "!draw facilitator fills it by lot." in bot.last(other).text
    bot.says("Anna", "/role facilitator seats 2", thread="7")
    assert bot.last().thread == "7"
    assert bot.last(other).labels == ["Object"]
    bot.taps("Dana", "Object", chat=other)
    assert "Dana objects." in bot.seen("🧭 D-2").text


def test_a_day_that_an_outage_fell_into_goes_on(moot: MakeMoot) -> None:
    bot = moot()
    enrol(bot, *PEOPLE)
    bot.says("Anna", WHOLE)
    bot.says("Anna", "/role facilitator seats 2")
    bot.later(hours=20)
    bot.restart(hours=5)
    assert columns(bot)["seats"] == 1
    bot.taps("Ben", "Object")
    bot.later(hours=6)
    assert columns(bot)["seats"] == 1


def test_a_night_offline_and_it_holds(bot: Moot) -> None:
    bot.says("Anna", WHOLE)
    bot.says("Anna", "/role facilitator seats 2")
    bot.restart(hours=30)
    assert columns(bot)["seats"] == 2
    assert [text for text in bot.shows() if text.startswith("🧭 The role facilitator is changed")] != []


def test_names_that_fold_alike_are_one_role(bot: Moot) -> None:
    bot.says("Anna", "/role Straße for sweeping")
    bot.says("Ben", "/role STRASSE seats 2")
    assert bot.last().text.startswith("🧭 D-2: Ben changes the role Straße")
    bot.says("Anna", "/role דוד for watering")
    assert "New role, by Anna: \u2068דוד\u2069" in bot.last().text
    bot.says("Anna", "/role 👩‍🚀 for 2 weeks for dreaming")
    assert {role.name for role in bot.rows(RoleRow)} == {"Straße", "דוד", "👩‍🚀"}
