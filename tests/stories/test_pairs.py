"""Draws as a pair: somebody who has served beside somebody new, from the same published order."""

from contextlib import closing

import pytest

from bot.verifying import report
from bot.verifying.pair import pair
from models import DrawRow, MandateRow, TicketRow
from tests.stories.test_draw import order_in
from tests.stories.test_eligibility import announced
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform
from tests.support.seats import seat

PEOPLE = ("Anna", "Ben", "Cleo", "Dana", "Eli")
VETERANS = ("Ben", "Dana")


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    made = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    settled(made)
    return made


def settled(bot: Moot, seats: int = 2) -> None:
    """Ben and Dana have served as cooks; that is long ago."""
    enrol(bot, *PEOPLE)
    for name in VETERANS:
        seat(bot, name, "cook", seats=2, term="1 week", defined=True)
    bot.later(days=15)
    bot.change("UPDATE roles SET seats = :seats", seats=seats)


def drawn(bot: Moot) -> list[str]:
    """The order that came out."""
    bot.says("Anna", "/draw cook with buddy")
    bot.taps("Anna", "Draw now")
    return order_in(bot, bot.receipt())


def parts(order: list[str]) -> tuple[list[str], list[str]]:
    """Those who have served and those who have not, each in order."""
    return [name for name in order if name in VETERANS], [name for name in order if name not in VETERANS]


def test_the_first_who_has_served_and_the_first_who_has_not(bot: Moot) -> None:
    text = announced(bot, "/draw cook with buddy")
    assert text.startswith("🎩 D-1: lots for cook, 2 seats")
    assert "Drawn as a pair: the first in order who has served in this role (Ben and Dana), and the first who has not." in text
    assert "\nveterans: tg:1002 tg:1004\npool: 5\n" in bot.row(DrawRow).pool_document
    bot.taps("Anna", "Draw now")
    veterans, novices = parts(order_in(bot, receipt := bot.receipt()))
    assert sorted(bot.asked()) == sorted([veterans[0], novices[0]])
    names = {bot.person(name).label: name for name in PEOPLE}
    assert [names[label] for label in pair(receipt, [bot.person(name).label for name in order_in(bot, receipt)])] == [
        veterans[0],
        novices[0],
    ]


def test_a_seat_passes_on_within_its_part(bot: Moot) -> None:
    veterans, novices = parts(drawn(bot))
    bot.taps(novices[0], "Decline")
    assert bot.asked() == [novices[1]]
    bot.taps(veterans[0], "Decline", bot.seen("🎲"))
    assert bot.asked() == [veterans[1]]
    bot.taps(veterans[1], "Decline")
    assert bot.last().text.startswith("D-1: nobody is left in the order who can be asked now")
    assert [ticket.part for ticket in bot.rows(TicketRow, answer="reserve")] == ["novice"]


def test_the_rest_of_a_term_stays_in_its_part(bot: Moot) -> None:
    veterans, novices = parts(drawn(bot))
    bot.taps(novices[0], "Accept")
    bot.taps(veterans[0], "Accept", bot.seen("🎲"))
    bot.says(veterans[0], "/resign")
    bot.settle()
    assert bot.asked() == [veterans[1]]
    assert len(bot.rows(MandateRow, state="running")) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/draw scribe with buddy", "Nobody who can be drawn now has served as scribe before, so there is no pair."),
        ("/draw cook with a buddy without Anna Cleo Eli", "Everybody who can be drawn now has served as cook before"),
        ("/draw cook 3 with buddy", "With a buddy there are two seats"),
        ("/draw cook with buddy Ben", "I cannot read what stands at “with buddy”."),
        ("/draw cook without Ben, Cleo, Dana, Eli with buddy", "For cook 1 name can be drawn now, so I cannot draw 2."),
    ],
)
def test_what_cannot_be_done(bot: Moot, text: str, told: str) -> None:
    assert announced(bot, text).startswith(told)
    assert bot.rows(DrawRow) == []


def test_a_role_with_one_seat(moot: MakeMoot) -> None:
    bot = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    settled(bot, seats=1)
    assert announced(bot, "/draw cook with buddy") == (
        "cook has 1 free seat of 1. Draw for as many, or say /role cook seats 2 first."
    )


def test_both_databases_and_the_verifier_say_the_same(
    house: str, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(Moot(house, platforms=[FakePlatform(keeps_taps_for=None)])) as bot:
        settled(bot)
        veterans, novices = parts(drawn(bot))
        file = tmp_path_factory.mktemp("receipts") / "D-1-receipt.txt"
        file.write_text(bot.receipt())
        assert report.draw(file) == report.RIGHT
        first, second = bot.person(veterans[0]).label, bot.person(novices[0]).label
        assert f"Drawn as a pair: {first}, who had served before, and {second}, who had not." in capsys.readouterr().out
        file.write_text(bot.receipt().replace("veterans: tg:1002", "veterans: tg:1001"))
        assert report.draw(file) == report.WRONG
