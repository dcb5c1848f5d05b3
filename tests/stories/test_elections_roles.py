"""Elections and their role: exceptions to its rules are told, its seat may be taken meanwhile, and it may be given up."""

import pytest

from bot.commons import mandates, roles
from models import ElectionRow, GroupRow, MandateRow, RoleRow
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform
from tests.support.voting import PEOPLE, all_name, consents, names, refusal


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    made = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    enrol(made, *PEOPLE)
    made.says("Anna", "/nominate facilitator for 3 months within 2 days")
    return made


def board(bot: Moot) -> str:
    return bot.seen("🪶 D-1: nominations").text


def test_an_exception_is_told_before_the_group_consents(bot: Moot) -> None:
    bot.says("Cleo", "/withdraw D-1")
    bot.says("Anna", "/withdraw D-1")
    for term in range(2):
        bot.says("Anna", f"/mandate Ben facilitator for {term + 1} weeks")
        consents(bot, "Anna", "Cleo")
        bot.taps("Ben", "Accept")
        bot.later(days=7 * (term + 1), seconds=1)
    assert [each.term_count for each in bot.rows(MandateRow)] == [1, 2]
    bot.says("Anna", "/nominate facilitator for 3 months within 2 days")
    all_name(bot, election=2)
    shown = bot.seen("🪶 D-4: nominations").text
    assert "⚠️ Ben: more terms in a row than the role allows, so it would be an exception." in shown
    bot.taps("Anna", "Ben (2)")
    assert "so it is an exception." in bot.seen("📜 D-5").text


def test_the_seat_is_taken_meanwhile(bot: Moot) -> None:
    all_name(bot)
    bot.says("Anna", "/mandate Cleo facilitator for 1 month")
    consents(bot, "Anna", "Ben")
    bot.taps("Cleo", "Accept")
    assert "No seat of facilitator is free now; held by Cleo." in refusal(bot.taps("Dana", "Ben (2)", bot.seen("🪶 D-1: nom")))


def test_the_role_is_given_up_meanwhile(bot: Moot) -> None:
    all_name(bot)
    end_role(bot)
    assert "The group has given up this role" in refusal(bot.taps("Anna", "Ben (2)"))
    bot.later(seconds=30)
    assert bot.row(ElectionRow).state == "role ended"
    assert "The group has given up this role, so this has ended." in board(bot)
    assert bot.seen("🪶 D-1: nom").labels == []


def test_the_role_is_given_up_while_somebody_is_asked(bot: Moot) -> None:
    all_name(bot)
    bot.taps("Anna", "Ben (2)")
    consents(bot, "Anna", "Cleo")
    end_role(bot)
    assert "The group has given up this role" in refusal(bot.taps("Ben", "Accept"))
    bot.later(days=2, seconds=1)
    bot.later(seconds=30)
    assert bot.row(ElectionRow).state == "role ended"
    assert bot.row(RoleRow).state == "ended"
    assert bot.rows(MandateRow) == []


def test_a_role_for_which_somebody_is_chosen_is_not_changed_in_passing(bot: Moot) -> None:
    bot.says("Ben", "/role facilitator term 1 month for holding our meetings")
    assert bot.last().text.startswith("🧭 D-2: Ben")
    bot.later(days=1)
    names(bot, "Anna", "Ben because he listens")
    assert "> holding our meetings" in bot.seen("🪶 D-1: who").text


def end_role(bot: Moot) -> None:
    """As the group does, without the day that it takes."""
    with bot.database.transaction() as db:
        group = db.get_one(GroupRow, 1)
        mandates.end_role(db, group, roles.ensure(db, group, "facilitator", bot.clock.now()), bot.clock.now(), bot.app.routes.house)
