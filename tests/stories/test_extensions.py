"""`/extend` gives a mandate more time as well: by the consent of the others, once, and by a term at most."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from models import ProposalRow
from tests.support.moot import START, Moot, enrol
from tests.support.room import FakePlatform
from tests.support.seats import seat, standing

DAY = timedelta(days=1)


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, "Anna", "Ben", "Cleo")
        made.says("Anna", "/settings round 1 day")
        yield made


def consented(bot: Moot) -> None:
    bot.settle()
    bot.taps("Ben", "Consent")
    bot.taps("Cleo", "Consent")
    bot.later(days=1)


def refusal(bot: Moot, text: str, name: str = "Ben", **more: object) -> str:
    ack = bot.says(name, text, **more)  # type: ignore[arg-type]
    assert ack is not None, text
    return ack.text


def test_the_others_are_asked_and_it_ends_later(bot: Moot) -> None:
    mandate = seat(bot, "Anna", term="2 weeks", notice=[3])
    bot.later(days=11)
    bot.says("Anna", "/extend treasurer by 10 days")
    consented(bot)
    after = standing(bot, mandate)
    assert (after.ends_at, after.extended, after.remind_at) == (START + 24 * DAY, True, START + 21 * DAY)
    assert (
        "Anna serves longer as treasurer: until 15 Dec 2026 12:00 UTC, not only until 5 Dec 2026 12:00 UTC." in bot.seen("📜").text
    )
    assert "mandate extended" in bot.entries()[-2].public + bot.entries()[-1].public
    bot.later(days=11)
    assert standing(bot, mandate).state == "running"
    assert refusal(bot, "/extend treasurer 1 day").startswith("This term has been extended once")
    bot.later(days=1)
    assert standing(bot, mandate).ended_at == START + 24 * DAY


def test_nobody_extends_themselves(bot: Moot) -> None:
    mandate = seat(bot, "Anna", term="2 weeks")
    bot.says("Anna", "/extend treasurer 2 weeks")
    bot.settle()
    ack = bot.taps("Anna", "Consent")
    assert ack is not None
    assert ack.refused
    bot.later(days=2)
    assert standing(bot, mandate).ends_at == START + 14 * DAY


def test_an_extension_that_comes_too_late(bot: Moot) -> None:
    mandate = seat(bot, "Anna", term="2 weeks", notice=[])
    bot.later(days=13, hours=12)
    bot.says("Ben", "/extend treasurer until 18 December")
    consented(bot)
    assert standing(bot, mandate).ended_at == START + 14 * DAY
    assert "The term as treasurer was over by the time of this consent, and it cannot begin anew now." in bot.shows()


def test_what_is_open_is_extended_as_before(bot: Moot) -> None:
    seat(bot, "Anna")
    bot.says("Ben", "/propose We buy a dishwasher")
    bot.says("Ben", "/extend 2 days")
    assert "D-1" in bot.last().text
    bot.says("Ben", "/extend D-1 1 day")
    assert len(bot.rows(ProposalRow)) == 1


def test_of_several_holders_one_is_named(bot: Moot) -> None:
    seat(bot, "Anna", seats=2, term="2 weeks")
    second = seat(bot, "Ben")
    for nobody in ("", "Cleo ", "@nobody "):
        said = refusal(bot, f"/extend treasurer {nobody}2 weeks")
        assert said.startswith("Several people serve as treasurer: Anna and Ben. Say whose term it is"), said
    bot.says("Cleo", "/extend treasurer Ben 1 week")
    assert standing(bot, second).asked_until == START + 21 * DAY


REFUSED = {
    "treasurer": "For how long? Say for example /extend treasurer 2 weeks.",
    "treasurer 3 weeks": "A term is extended by one more term at most, here until 19 Dec 2026 12:00 UTC.",
    "treasurer until tomorrow": "That is not later than it ends anyway, on 5 Dec 2026 12:00 UTC.",
    "treasurer -1h": "I cannot read",
    "treasurer in 99999999 days": "That is more than two years away.",
    "treasurer PT1e9S": "I cannot read",
    "cook 1 week": "Nobody serves as cook at the moment. /draw cook finds somebody.",
    "baker 1 week": "Nothing is open at the moment",
}


def test_what_does_not_extend(bot: Moot) -> None:
    mandate = seat(bot, "Anna", term="2 weeks")
    seat(bot, "Cleo", "cook")
    bot.says("Cleo", "/resign cook")
    for text, words in REFUSED.items():
        assert refusal(bot, f"/extend {text}").startswith(words), text
    assert standing(bot, mandate).asked_number is None
    assert bot.rows(ProposalRow) == []


def test_only_for_those_on_the_roll_and_one_thing_at_a_time(bot: Moot) -> None:
    mandate = seat(bot, "Anna", term="2 weeks")
    assert refusal(bot, "/extend treasurer 1 week", "Mallory").startswith("This is for those who have joined.")
    bot.says("Ben", "/extend treasurer 1 week")
    assert refusal(bot, "/extend treasurer 2 weeks").startswith("The others are being asked about it in D-1.")
    bot.presses("Cleo", f"term.renew:{mandate}")
    assert len(bot.rows(ProposalRow)) == 1
