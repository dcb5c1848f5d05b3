"""Whatever a group does, what is hashed names nobody and holds no words of people; and after /forget me all still verifies."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.commons import exporting, register
from bot.verifying import chain, contents
from tests.stories import test_links_people as people
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform, matrix_like

PEOPLE = ("Annabel", "Benjamin", "Cleopatra", "Danaide")
KINDS = {
    "circle",
    "council convened",
    "council ends",
    "decision",
    "draw",
    "election",
    "mandate begins",
    "mandate ends",
    "minutes",
    "note",
    "note contested",
    "poll",
    "recall ends",
    "recall opens",
    "report",
    "role",
    "settings",
}
WORDS = ("zebra", "tg:100", "mx:@", *PEOPLE)


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, *PEOPLE)
        live(made)
        yield made


def live(bot: Moot) -> None:
    """Everything that enters the register, with a zebra in each free word."""
    bot.says("Annabel", "/role zebrakeeper term 1 month for the zebra")
    bot.says("Annabel", "/sunset zebrakeeper Sell the zebra")
    bot.says("Annabel", "/circle zebras Benjamin, Cleopatra")
    bot.says("Annabel", "/mandate Benjamin zebrakeeper")
    consent(bot)
    bot.taps("Benjamin", "Accept")
    bot.says("Annabel", "/delegate Cleopatra Which zebra? | a striped zebra")
    consent(bot)
    bot.taps("Cleopatra", "Accept")
    bot.says("Cleopatra", "/report the zebra is striped")
    bot.says("Annabel", "/council zebra noises seats 2 for 2 weeks")
    bot.says("Annabel", "/close D-7 the zebra is quiet")
    bot.says("Annabel", "/recall Benjamin because the zebra fled")
    bot.says("Benjamin", "/answer it was not my zebra")
    bot.says("Annabel", "/nominate zebraguard")
    for name in PEOPLE:
        bot.says(name, "/nominate Danaide because Danaide likes the zebra")
    bot.says("Annabel", "/poll Which zebra? | Benjamin's zebra | No zebra")
    bot.taps("Annabel", "No zebra")
    bot.taps("Benjamin", "Benjamin's zebra")
    bot.says("Annabel", "/draw zebrafeeder because Benjamin lost the zebra")
    bot.taps("Danaide", "Draw now")
    bot.says("Annabel", "/note Benjamin has the zebra")
    bot.says("Cleopatra", "/object we all have the zebra")
    bot.says("Annabel", "/meeting start zebra\n- Benjamin")
    bot.says("Annabel", "/meeting end")
    bot.says("Annabel", "/settings zone Europe/Berlin")
    bot.later(days=9)
    bot.says("Benjamin", "/resign")
    bot.later(days=40)


def consent(bot: Moot) -> None:
    for name in PEOPLE:
        if "Consent" in bot.seen("📜").labels:
            bot.taps(name, "Consent", bot.seen("📜"))
    bot.says("Annabel", "/close")


def test_what_is_hashed_names_nobody_and_all_that_was_said_is_kept_beside_it(bot: Moot) -> None:
    entries = bot.entries()
    assert {register.read(entry).kind for entry in entries} >= KINDS
    assert [(entry.public, word) for entry in entries for word in WORDS if word in entry.public] == []


def test_it_verifies_before_and_after_somebody_is_forgotten(bot: Moot) -> None:
    check(bot)
    bot.says("Benjamin", "/forget me")
    bot.taps("Benjamin", "Forget me")
    bot.later(days=2)
    lines = check(bot)
    assert "tg:1002" not in "".join(lines)
    assert "tg:1003" in "".join(lines)
    (told,) = (each for each in map(json.loads, lines[1:]) if each["public"]["kind"] == "forgotten")
    assert len(told["public"]["facts"]["entries"]) > 5


def check(bot: Moot) -> list[str]:
    with bot.database.transaction() as db:
        lines = list(exporting.lines(db, 1))
        head = register.head(db, 1)
    contents.check(chain.read(lines, head).entries)
    return lines


def test_a_round_that_somebody_is_forgotten_in_verifies_once_it_is_over(bot: Moot) -> None:
    bot.says("Annabel", "/propose We paint the hall quorum 1")
    bot.taps("Cleopatra", "Consent")
    bot.taps("Danaide", "Stand aside")
    bot.says("Danaide", "/forget me")
    bot.taps("Danaide", "Forget me")
    bot.later(days=5)
    assert "is adopted" in bot.seen("✅").text
    check(bot)


def test_a_round_in_which_two_accounts_become_one_person_verifies(moot: MakeMoot) -> None:
    bot = moot(platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])
    enrol(bot, "Anna", "Ben", "Cleo")
    bot.says("Ben", "/who", people.MATRIX)
    bot.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats) WHERE kind = 'group'")
    bot.says("Ben", "/join", people.MATRIX)
    bot.says("Anna", "/propose We paint the hall quorum 1")
    bot.taps("Ben", "Consent")
    bot.taps("Ben", "Stand aside", chat=people.MATRIX)
    bot.says("Anna", "/draw facilitator")
    people.link(bot)
    assert people.told(bot)
    bot.later(days=5)
    check(bot)
