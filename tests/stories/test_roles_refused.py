"""What cannot be said about a role, or pressed, gets a short answer and changes nothing."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat.refs import ChatRef
from models import RoleChangeRow, RoleRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform


@pytest.fixture(scope="module")
def known(lasting_house: str) -> Iterator[Moot]:
    """Anna and Ben have a facilitator's role and one change of it under way, in which nothing changes."""
    with closing(Moot(lasting_house)) as made:
        enrol(made, "Anna", "Ben")
        made.says("Anna", "/role facilitator term 2 weeks for holding our meetings")
        made.says("Anna", "/role cook for lunch")
        made.says("Ben", "/role cook seats 2")
        yield made


OPTION = "I cannot read"
REFUSED = {
    "/role": "Which role? Say for example: /role facilitator",
    "/role  ": "Which role?",
    "/role \u200b": "Which role?",
    "/role \u202e\u2066\u3164 seats 2": "Which role?",
    "/role treasurer": "There is no role treasurer. To make it, say what it is: /role treasurer term 2 weeks",
    "/role treasurer end": "There is no role treasurer end.",
    "/role <b> end": "There is no role <b> end.",
    "/role \u202etreasurer": "There is no role treasurer.",
    "/role facilitator term 2 weeks": "The role is like that already",
    "/role FACILITATOR term 2 weeks": "The role is like that already",
    "/role facilitator term 1h": "A term takes between a day and two years.",
    "/role facilitator term 3 years": "A term takes between a day and two years.",
    "/role facilitator term 99999999 days": "A term takes between a day and two years.",
    "/role facilitator term -1h": OPTION,
    "/role facilitator term 0m": OPTION,
    "/role facilitator term PT1e9S": OPTION,
    "/role facilitator term a while": OPTION,
    "/role facilitator seats 0": "A role has between 1 and 30 seats.",
    "/role facilitator seats 31": "A role has between 1 and 30 seats.",
    "/role facilitator seats NaN": OPTION,
    "/role facilitator most 0": "Between 1 and 10 terms in a row can be allowed.",
    "/role facilitator notice 400 days": "Reminders are up to five numbers of days",
    "/role facilitator pool treasurer": OPTION,
    "/role facilitator pool facilitator": "A role cannot be drawn from its own holders.",
    "/role facilitator answer 1 minute": "The time to answer is between an hour and 30 days.",
    "/role facilitator seats 2 seats 3": "“seats” is there twice.",
    "/role " + "x" * 65 + " seats 2": "This name for a role is too long: 64 characters at most.",
    "/role painter for " + "x" * 301: "This purpose is too long",
    "/role painter \0": "There are characters in this that I cannot keep.",
    "/role painter \ud800": "There are characters in this that I cannot keep.",
    "/role " + "x" * 8001: "This is too long for me.",
    "/role cook seats 3": "D-3 is about this role already.",
    "/role cook end": "D-3 is about this role already.",
    "/sunset": "Which role?",
    "/sunset treasurer It ends.": "There is no role treasurer.",
    "/sunset facilitator " + "x" * 1001: "This script is too long",
    "/withdraw D-1": "D-1 is settled already.",
    "/object D-1": "D-1 is settled already.",
    "/settings roles never": "It can be one of these: objectable and consent.",
    "/settings term soon": "I cannot read “soon” as a length of time.",
    "/settings term 3 years": "A term takes between a day and two years.",
}


@pytest.mark.parametrize(("text", "words"), REFUSED.items(), ids=lambda text: ascii(text)[:40])
def test_a_bad_command(known: Moot, text: str, words: str) -> None:
    before = known.dump()
    ack = known.says("Anna", text)
    assert ack is not None
    assert ack.refused
    assert ack.text.startswith(words), ack.text
    assert known.last().text == ack.text
    assert known.dump() == before


@pytest.mark.parametrize(
    "data",
    [
        "role.object",
        "role.object:",
        "role.object:99",
        "role.object:-1",
        "role.object:3:4",
        "role.object:³",
        "role.object:" + "9" * 40,
        "role.sunset:1:1",
        "rolechange:3",
    ],
)
def test_a_forged_press(known: Moot, data: str) -> None:
    before = known.dump()
    ack = known.presses("Anna", data)
    assert ack is not None
    assert ack.text == "This button no longer does anything. Look for the newest message about it."
    assert known.dump() == before


def test_a_press_from_another_room_or_from_outside_the_roll(known: Moot) -> None:
    change = known.row(RoleChangeRow, state="announced")
    ack = known.presses("Anna", f"role.object:{change.id}", ChatRef("telegram", "-555"))
    assert ack is not None
    assert ack.text.startswith("This button no longer does anything.")
    ack = known.presses("Zoe", f"role.object:{change.id}")
    assert ack is not None
    assert ack.text == "Objections come from those who are on the roll. /join, and then object."
    ack = known.presses("Ben", f"role.object:{change.id}")
    assert ack is not None
    assert ack.text == "You put this yourself. /withdraw D-3 takes it back."
    settled = known.rows(RoleChangeRow, state="held")[0]
    ack = known.presses("Anna", f"role.object:{settled.id}")
    assert ack is not None
    assert ack.refused
    assert known.row(RoleChangeRow, id=change.id).state == "announced"


def test_two_objections_in_one_instant_open_one_round(house: str) -> None:
    with closing(Moot(house, platforms=[FakePlatform(keeps_taps_for=None)])) as bot:
        enrol(bot, "Anna", "Ben", "Cleo")
        bot.says("Anna", "/role cook for lunch")
        bot.says("Anna", "/role cook end")
        data = bot.button("Object")
        assert bot.presses("Ben", data) is not None
        ack = bot.presses("Cleo", data)
        assert ack is not None
        assert ack.text == "D-2 is settled already. Its message says how."
        assert [text[:6] for text in bot.shows() if text.startswith("📜")] == ["📜 D-3:"]


def test_where_nobody_can_be_asked_an_objection_is_enough(house: str) -> None:
    with closing(Moot(house, platforms=[FakePlatform(keeps_taps_for=None)])) as bot:
        enrol(bot, "Anna", "Ben")
        bot.says("Anna", "/role cook for lunch")
        bot.says("Anna", "/settings tenure 30 days")
        bot.says("Anna", "/role cook end")
        bot.says("Ben", "/object We like to eat")
        assert bot.last().text == "You object, so the role stays as it was."
        board = bot.seen("🧭 D-2").text
        assert board.endswith("Ben objects: We like to eat. The group cannot be asked now, so the role stays as it was.")
        bot.later(days=3)
        assert bot.row(RoleRow).state == "open"
        assert [text for text in bot.shows() if text.startswith("📜")] == []
