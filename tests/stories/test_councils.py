"""A council: a few people for one issue, whose mandates end with it."""

import pytest

from models import CouncilRow, MandateRow, RoleRow
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    made = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    enrol(made, "Anna", "Ben", "Cleo")
    return made


def seated(bot: Moot) -> list[str]:
    """A council of two for the kitchen, its members drawn; their names."""
    bot.says("Anna", "/council the kitchen seats 2 for 6 weeks")
    bot.says("Anna", "/draw council: the kitchen 2")
    bot.taps("Anna", "Draw now")
    names = bot.asked()
    for name in names:
        bot.taps(name, "Accept")
    return names


def test_it_is_convened_drawn_and_closed_with_its_result(bot: Moot) -> None:
    names = seated(bot)
    assert "2 seats, until 2 Jan 2027 12:00 UTC." in bot.seen("🪑 D-1: a council for the kitchen").text
    outside = next(name for name in ("Anna", "Ben", "Cleo") if name not in names)
    bot.says(outside, "/close D-1 Buy two fridges.")
    assert "is closed by those who sit in it" in bot.last().text
    bot.says(names[0], "/close D-1 Buy two fridges.")
    assert "> Buy two fridges." in bot.seen("🪑 D-1: the council for the kitchen has ended").text
    assert {each.ended_why for each in bot.rows(MandateRow)} == {"role ended"}
    assert bot.row(RoleRow).state == "ended"
    bot.says(names[0], "/close D-1 Again.")
    assert bot.row(CouncilRow).result == "Buy two fridges."


def test_its_mandates_end_with_it_at_its_date(bot: Moot) -> None:
    seated(bot)
    assert {each.ends_at for each in bot.rows(MandateRow)} == {bot.row(CouncilRow).ends_at}
    bot.later(days=42, seconds=1)
    assert bot.row(CouncilRow).state == "over"
    assert {each.state for each in bot.rows(MandateRow)} == {"ended"}
    assert "This council has ended." in bot.seen("🪑 D-1: a council for the kitchen").text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/council", "For which issue?"),
        ("/council the kitchen for 5 years", "A council lasts between an hour and a year."),
        ("/council " + "k" * 60, "in at most 48 characters"),
        ("/council the kitchen seats 0", "seats"),
    ],
)
def test_what_cannot_be_convened(bot: Moot, text: str, answer: str) -> None:
    before = bot.dump()
    bot.says("Anna", text)
    assert answer in bot.last().text
    assert bot.dump() == before


def test_there_is_one_council_for_one_issue(bot: Moot) -> None:
    bot.says("Anna", "/council the kitchen")
    bot.says("Ben", "/council The Kitchen")
    assert "There is a council for this already." in bot.last().text
    bot.says("Anna", "/close D-1")
    bot.says("Ben", "/council The Kitchen")
    assert [each.state for each in bot.rows(CouncilRow)] == ["closed", "open"]


def test_it_is_over_when_its_role_is_ended(bot: Moot) -> None:
    names = seated(bot)
    bot.says("Anna", '/role "council: the kitchen" end')
    bot.later(days=1, seconds=1)
    assert {each.ended_why for each in bot.rows(MandateRow)} == {"role ended"}
    assert bot.row(CouncilRow).state == "given up"
    assert "This council has ended." in bot.seen("🪑 D-1: a council for the kitchen").text
    assert not any("D-1: the council for the kitchen has ended" in text for text in bot.shows()), "the role's end was told"
    bot.says(names[0], "/close D-1 Buy two fridges.")
    assert bot.last().text == "D-1 has ended already."
    bot.says("Anna", "/council the kitchen seats 3 for 6 weeks")
    assert [each.state for each in bot.rows(CouncilRow)] == ["given up", "open"]
