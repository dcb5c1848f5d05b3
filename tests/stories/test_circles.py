"""Circles: named lists of people that anybody on the roll keeps, to draw from, to ask, and as a role's pool."""

import json
from contextlib import closing

import pytest

from bot.chat.incoming import CommandSent
from bot.chat.refs import ChatRef
from bot.commons import register
from models import CircleMemberRow, CircleRow, DrawRow, ElectorRow, RoleRow
from tests.stories.test_eligibility import announced, pool
from tests.stories.test_links_people import link
from tests.support.linking import in_garden, join, two_rooms
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform, matrix_like
from tests.support.seats import seat

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")
MATRIX = ChatRef("matrix", "!room")


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    made = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    enrol(made, *PEOPLE)
    return made


def answer(bot: Moot, text: str, name: str = "Anna") -> str:
    bot.says(name, text)
    return bot.last().text


def asked(bot: Moot) -> int:
    """How many may take part in the newest round."""
    places = bot.rows(ElectorRow)
    newest = max(place.electorate_id for place in places)
    return sum(place.electorate_id == newest for place in places)


def test_a_circle_is_made_shown_changed_and_ended(house: str) -> None:
    with closing(Moot(house)) as bot:
        enrol(bot, *PEOPLE)
        assert answer(bot, "/circle kitchen Anna, Ben") == "⭕ New circle, by Anna: kitchen\nIn it: Anna and Ben."
        assert answer(bot, "/circle Kitchen") == "⭕ Circle: kitchen\nIn it: Anna and Ben."
        assert answer(bot, "/circle kitchen Ben and Cleo and Dana", "Dana") == (
            "⭕ Circle changed by Dana: kitchen\nIn it: Ben, Cleo, and Dana."
        )
        assert answer(bot, "/circles") == "⭕ Circles\n• kitchen: 3 people"
        bot.says("Anna", "/propose We buy pans among kitchen")
        assert asked(bot) == 3
        assert answer(bot, "/circle kitchen end").startswith("⭕ Circle ended by Anna: kitchen\nWhat is open already goes on")
        assert asked(bot) == 3
        assert not bot.rows(CircleRow)
        assert not bot.rows(CircleMemberRow)
        assert answer(bot, "/circles").startswith("There are no circles yet.")


def test_the_register_has_each_change_and_names_nobody_in_the_hashed_part(bot: Moot) -> None:
    for text in ("/circle kitchen Anna Ben", "/circle kitchen Cleo", "/circle kitchen end"):
        bot.says("Anna", text)
    entries = [entry for entry in bot.entries() if json.loads(entry.public)["kind"] == "circle"]
    assert [json.loads(entry.public)["facts"]["kind"] for entry in entries] == ["new", "change", "end"]
    assert register.read(entries[0]).personal == {"by": "tg:1001", "circle": "kitchen", "members": ["tg:1001", "tg:1002"]}
    assert not any("kitchen" in entry.public or "tg:" in entry.public for entry in entries)


def test_all_rooms_are_shown_a_change(moot: MakeMoot) -> None:
    bot = moot(platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])
    enrol(bot, "Anna", "Ben")
    bot.says("Ben", "/who", MATRIX)
    bot.change("UPDATE chats SET group_id = 1 WHERE kind = 'group'")
    bot.says("Anna", "/circle kitchen Ben")
    bot.settle()
    assert bot.last().text == bot.last(MATRIX).text == "⭕ New circle, by Anna: kitchen\nIn it: Ben."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("/circle night shift Ben Cleo", "night shift"),
        ('/circle "week end" Ben, Cleo', "week end"),
        ("/circle kitchen: Ben Cleo", "kitchen"),
        ("/circle kitchen Ben y Cleo", "kitchen"),
        ("/circle kitchen Ben Cleo Ben", "kitchen"),
    ],
)
def test_where_a_name_ends(bot: Moot, text: str, name: str) -> None:
    assert answer(bot, text) == f"⭕ New circle, by Anna: {name}\nIn it: Ben and Cleo."


def test_by_mention(bot: Moot) -> None:
    mentions = (("@b", bot.person("Ben")), ("@c", bot.person("Cleo")))
    bot.hand(CommandSent(bot.origin("Anna"), "circle", "night shift @b @c", mentions=mentions))
    assert bot.last().text == "⭕ New circle, by Anna: night shift\nIn it: Ben and Cleo."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/circle", "Which circle? Say for example: /circle kitchen @anna @ben."),
        ("/circle \u202e", "Which circle?"),
        ('/circle "" Ben', "Which circle?"),
        ("/circle end", "There is no circle end."),
        ("/circle kitchen", "There is no circle kitchen. To make it, say who is in it"),
        ("/circle kitchen end", "There is no circle kitchen."),
        ("/circle kitchen Xyz", "I know nobody here called “Xyz”."),
        ("/circle kitchen Ben @nobody", "I know nobody here called “@nobody”."),
        ("/circle " + "k" * 65 + " Ben", "This name for a circle is too long. Use at most 64 characters."),
        ("/circle kitchen " + "Ben " * 51, "These are too many people for one command. Name at most 50."),
        ("/circle treasurer Ben", "treasurer is a role here, so a circle needs another name. Its holders"),
        ("/circle kitchen Ben Eve", "Only who is on the roll can be in a circle. Please ask first to say /join: Eve."),
    ],
)
def test_what_cannot_be_done(bot: Moot, text: str, told: str) -> None:
    seat(bot, "Cleo")
    enrol(bot, "Eve")
    bot.says("Eve", "/leave")
    assert answer(bot, text).startswith(told)
    assert bot.rows(CircleRow) == []


def test_only_from_the_roll_and_only_what_changes_something(bot: Moot) -> None:
    assert answer(bot, "/circle kitchen Ben", "Eve") == "Whoever is on the roll can make, change and end circles. Say /join first."
    bot.says("Anna", "/circle kitchen Ben Cleo")
    assert answer(bot, "/circle kitchen end", "Eve").startswith("Whoever is on the roll")
    assert answer(bot, "/circle kitchen Cleo, Ben") == "kitchen consists of these people already."
    assert answer(bot, "/circle kitchen", "Eve") == "⭕ Circle: kitchen\nIn it: Ben and Cleo."
    assert len(bot.rows(CircleMemberRow)) == 2


def test_there_is_room_for_thirty(bot: Moot) -> None:
    for n in range(30):
        bot.says("Anna", f"/circle c{n} Ben")
        bot.later(minutes=1)
    assert answer(bot, "/circle one-more Ben").startswith("A group can have 30 circles.")
    assert len(bot.rows(CircleRow)) == 30


def test_drawn_from_a_circle(bot: Moot) -> None:
    bot.says("Anna", "/circle kitchen Ben Cleo Dana")
    bot.says("Dana", "/leave")
    assert "In the hat, of kitchen: Ben and Cleo." in announced(bot, "/draw cook from Kitchen")
    assert pool(bot) == {"Ben", "Cleo"}


def test_nobody_of_a_circle_is_there(bot: Moot) -> None:
    bot.says("Anna", "/circle kitchen Dana")
    bot.says("Dana", "/leave")
    assert answer(bot, "/circle kitchen") == "⭕ Circle: kitchen\nNobody in it is on the roll at the moment."
    assert announced(bot, "/draw cook from kitchen").startswith("Nobody is in kitchen at the moment")
    assert bot.rows(DrawRow) == []
    bot.says("Dana", "/join")
    assert answer(bot, "/circle kitchen").endswith("In it: Dana.")


def test_a_circle_is_the_pool_of_a_role(bot: Moot) -> None:
    bot.says("Anna", "/circle kitchen Ben Cleo")
    bot.says("Anna", "/role cook pool Kitchen term 2 weeks for cooking")
    assert bot.row(RoleRow).pool == "kitchen"
    announced(bot, "/draw cook")
    assert pool(bot) == {"Ben", "Cleo"}


def test_a_round_among_a_circle_keeps_whom_it_began_with(bot: Moot) -> None:
    bot.says("Anna", "/circle kitchen Ben Cleo")
    bot.says("Anna", "/propose We buy pans among kitchen")
    bot.says("Anna", "/circle kitchen Dana")
    assert asked(bot) == 2
    ack = bot.taps("Dana", "Consent", bot.seen("📜"))
    assert ack is not None
    assert "counted" not in ack.text
    bot.taps("Ben", "Consent", bot.seen("📜"))
    bot.settle()
    assert "Spoken: 1 of 2" in bot.seen("📜").text


@pytest.mark.parametrize("both", [True, False])
def test_two_accounts_of_one_person_are_in_it_once(moot: MakeMoot, both: bool) -> None:
    bot = moot(platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])
    enrol(bot, "Anna", "Ben", "Cleo")
    bot.says("Ben", "/who", MATRIX)
    bot.change("UPDATE chats SET group_id = 1 WHERE kind = 'group'")
    bot.says("Ben", "/join", MATRIX)
    bot.says("Anna", "/circle kitchen Anna, Ben (Matrix)" + (", Ben (Telegram)" if both else ""))
    link(bot)
    assert answer(bot, "/circle kitchen").startswith("⭕ Circle: kitchen\nIn it: Anna and Ben")
    assert len(bot.rows(CircleMemberRow)) == 2


def test_in_spanish(bot: Moot) -> None:
    bot.says("Anna", "/settings language es")
    assert answer(bot, "/circle cocina Ben y Cleo") == "⭕ Nuevo círculo, de Anna: cocina\nLo forman: Ben y Cleo."
    assert answer(bot, "/circles") == "⭕ Círculos\n• cocina: 2 personas"
    assert answer(bot, "/circle cocina fin").startswith("⭕ Círculo terminado por Anna: cocina")


@pytest.mark.parametrize("text", ["/role Kitchen term 1 month", "/draw kitchen", "/mandate Ben kitchen", "/nominate kitchen"])
def test_a_role_is_not_called_like_a_circle(bot: Moot, text: str) -> None:
    bot.says("Anna", "/circle kitchen Ben, Cleo")
    assert answer(bot, text) == "kitchen is a circle here, so a role needs another name. /circle kitchen shows who is in it."
    assert (bot.rows(RoleRow), bot.rows(DrawRow)) == ([], [])
    bot.says("Anna", "/circle kitchen end")
    assert "is a circle here" not in answer(bot, text)


def test_a_role_that_nobody_holds_keeps_its_name_to_itself(bot: Moot) -> None:
    bot.says("Anna", "/role kitchen term 1 month")
    assert answer(bot, "/circle kitchen Ben").startswith("kitchen is a role here, so a circle needs another name.")


def test_circles_come_along_with_a_room_that_joins(moot: MakeMoot) -> None:
    bot = two_rooms(moot)
    bot.says("Anna", "/circle kitchen Anna, Ben")
    bot.says("Anna", "/role door term 1 month")
    for text in ("/circle kitchen Mia", "/circle garden Mia, Noa", "/circle door Noa"):
        in_garden(bot, "Mia", text)
    join(bot)
    assert answer(bot, "/circles") == "⭕ Circles\n• kitchen: 2 people\n• garden: 2 people"
    assert answer(bot, "/circle garden") == "⭕ Circle: garden\nIn it: Mia and Noa."
    in_garden(bot, "Mia", "/unlink")
    in_garden(bot, "Mia", "/circles")
    assert bot.last(MATRIX).text == "⭕ Circles\n• kitchen: 1 person\n• garden: 2 people\n• door: 1 person"
