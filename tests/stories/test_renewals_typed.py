"""What the buttons of a term do can be typed as well: in the room, and in private by whoever holds it."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat.refs import ChatRef
from models import MandateRow, ProposalRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform
from tests.support.seats import seat, standing

ANNA = ChatRef("telegram", "1001")


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, "Anna", "Ben", "Cleo")
        yield made


def told(bot: Moot, name: str, text: str) -> str:
    bot.says(name, text)
    bot.settle()
    return bot.last().text


def test_anybody_who_has_joined_has_the_others_asked(bot: Moot) -> None:
    first = seat(bot, "Anna", term="2 weeks")
    assert told(bot, "Ben", "/renew treasurer").startswith("📜 D-1: proposal by Ben")
    assert standing(bot, first).outlook == "asked"
    for name in ("Ben", "Cleo"):
        bot.taps(name, "Consent")
    bot.says("Ben", "/close")
    assert told(bot, "Cleo", "/renew Treasurer") == "It is renewed already; the next term follows by itself."
    bot.later(days=14)
    assert [row.way for row in bot.rows(MandateRow)] == ["draw", "renewal"]
    assert told(bot, "Mallory", "/renew").startswith("This is for those who have joined.")


def test_whoever_holds_it_lets_it_end(bot: Moot) -> None:
    mandate = seat(bot, "Anna", term="2 weeks")
    assert told(bot, "Ben", "/letend treasurer") == "You hold no mandate here at the moment."
    assert told(bot, "Anna", "/letend") == "Noted. It ends on 5 Dec 2026 12:00 UTC."
    assert told(bot, "Ben", "/renew").startswith("Whoever holds it wants it to end.")
    bot.later(days=13)
    assert not any(text.startswith("⏳") for text in bot.shows()), "nobody is reminded of it any more"
    bot.later(days=1)
    assert standing(bot, mandate).ended_why == "expired"


def test_in_private_by_whoever_holds_it(bot: Moot) -> None:
    bot.says("Anna", "/start", ANNA, kind="private")
    seat(bot, "Anna", term="2 weeks")
    cook = seat(bot, "Anna", "cook", term="2 weeks")
    bot.says("Anna", "/renew treasurer", ANNA, kind="private")
    assert bot.last(ANNA).text == "The others are asked in D-1."
    bot.settle()
    assert bot.seen("📜 D-1").labels == ["Consent", "Stand aside", "Object"]
    bot.says("Anna", "/letend cook", ANNA, kind="private")
    assert (bot.last(ANNA).text, standing(bot, cook).outlook) == ("Noted. It ends on 5 Dec 2026 12:00 UTC.", "let end")
    bot.says("Anna", "/letend", ANNA, kind="private")
    assert bot.last(ANNA).text.endswith("Say it with the name of the role, such as /letend treasurer.")
    bot.says("Ben", "/renew treasurer", ChatRef("telegram", "1002"), kind="private")
    assert len(bot.rows(ProposalRow)) == 1


def test_which_term_is_meant(bot: Moot) -> None:
    assert told(bot, "Ben", "/renew") == "Nobody holds a role here at the moment. /draw finds somebody for one."
    seat(bot, "Anna", seats=2, term="2 weeks")
    seat(bot, "Ben", term="2 weeks")
    seat(bot, "Ben", "cook")
    assert told(bot, "Cleo", "/renew") == (
        "Which one do you mean? These roles are held: treasurer and cook. "
        "Say it with the name of the role, such as /renew treasurer."
    )
    assert told(bot, "Cleo", "/renew treasurer") == (
        "Several people serve as treasurer: Anna and Ben. Say whose term it is, such as /renew treasurer Anna."
    )
    assert told(bot, "Cleo", "/renew treasurer Ben").startswith("📜 D-1")
    assert "> Ben serves another term as treasurer" in bot.last().text
    assert told(bot, "Anna", "/renew").startswith("📜 D-2"), "her own, and the only one"
    assert told(bot, "Ben", "/letend please").endswith("such as /letend treasurer.")
