"""The group gives somebody a mandate by name: a role, or one question to speak for."""

import json
from datetime import timedelta

import pytest

from models import GrantRow, MandateRow, RoleRow
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    """On a platform that keeps presses, so that days may pass between two words of a story."""
    made = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    enrol(made, *PEOPLE)
    return made


def asked(bot: Moot, text: str = "/mandate Anna treasurer for 3 months", by: str = "Ben") -> None:
    bot.says(by, text)


def adopted(bot: Moot, *names: str) -> None:
    for name in names or ("Ben", "Cleo"):
        bot.taps(name, "Consent")
    bot.later(days=3, seconds=1)


def mandates(bot: Moot) -> list[tuple[str, str, timedelta]]:
    return [(each.way, each.state, each.ends_at - each.starts_at) for each in bot.rows(MandateRow)]


def test_the_others_consent_the_person_accepts_and_the_term_begins(bot: Moot) -> None:
    asked(bot)
    assert "> Anna serves as treasurer for 3 months." in bot.seen("📜 D-1").text
    refused = bot.taps("Anna", "Consent")
    assert refused is not None
    assert refused.refused
    adopted(bot)
    offer = bot.seen("D-1: the group asks")
    assert "Anna, the group asks you to serve as treasurer. Will you?" in offer.text
    assert bot.taps("Ben", "Accept") is not None
    assert mandates(bot) == []
    bot.taps("Anna", "Accept")
    assert mandates(bot) == [("consent", "running", timedelta(days=92))]
    assert bot.seen("D-1: the group asks").labels == []
    assert json.loads(bot.entries()[-1].public)["kind"] == "mandate begins"


def test_who_asked_for_it_is_not_asked_again(bot: Moot) -> None:
    asked(bot, "/mandate Anna treasurer for 2 weeks", by="Anna")
    adopted(bot)
    assert mandates(bot) == [("consent", "running", timedelta(days=14))]


def test_an_objection_keeps_the_seat_empty(bot: Moot) -> None:
    asked(bot)
    bot.taps("Cleo", "Object")
    bot.later(days=3, seconds=1)
    assert bot.row(GrantRow).state == "refused"
    assert mandates(bot) == []


@pytest.mark.parametrize(("answer", "state"), [("Decline", "declined"), (None, "silent")])
def test_no_or_no_answer(bot: Moot, answer: str | None, state: str) -> None:
    asked(bot)
    adopted(bot)
    if answer:
        bot.taps("Anna", answer)
    bot.later(days=2, seconds=1)
    assert bot.row(GrantRow).state == state
    assert "is free for somebody else" in bot.seen("D-1: the group asks").text
    assert mandates(bot) == []


def test_an_answer_that_comes_too_late_is_refused_even_before_anybody_has_noticed(bot: Moot) -> None:
    asked(bot)
    adopted(bot)
    accept = bot.button("Accept")
    bot.clock.advance(timedelta(days=2))
    refused = bot.presses("Anna", accept)
    assert refused is not None
    assert refused.refused
    assert mandates(bot) == []


def test_pressed_twice_it_begins_once(bot: Moot) -> None:
    asked(bot)
    adopted(bot)
    accept = bot.button("Accept")
    bot.presses("Anna", accept)
    bot.presses("Anna", accept)
    assert len(mandates(bot)) == 1


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/mandate Anna", "For which role?"),
        ("/mandate Anna treasurer for 99 years", "A mandate lasts between an hour and two years."),
        ("/mandate Anna " + "x" * 80, "This name for a role is too long."),
        ("/delegate Anna", "On which question?"),
        ("/delegate Anna " + "why " * 100, "That is too long"),
        ("/report They agreed", "Nothing is open"),
    ],
)
def test_what_cannot_be_asked_is_answered_and_changes_nothing(bot: Moot, text: str, answer: str) -> None:
    before = bot.dump()
    asked(bot, text)
    assert answer in bot.last().text
    assert bot.dump() == before


def test_a_seat_that_is_taken_is_not_given_twice(bot: Moot) -> None:
    asked(bot)
    bot.says("Cleo", "/mandate Anna treasurer for 1 month")
    assert "The group is asked that already: D-1." in bot.last().text
    adopted(bot)
    bot.taps("Anna", "Accept")
    asked(bot, "/mandate Anna treasurer for 1 month")
    assert "Anna holds this role already" in bot.last().text
    asked(bot, "/mandate Cleo treasurer for 1 month")
    assert "No seat of treasurer is free now; held by Anna." in bot.last().text


def test_two_are_named_for_one_seat_and_the_first_to_accept_has_it(bot: Moot) -> None:
    asked(bot)
    asked(bot, "/mandate Cleo treasurer for 1 month")
    for number, names in ((1, ("Ben", "Cleo")), (2, ("Ben", "Anna"))):
        for name in names:
            bot.says(name, f"/consent D-{number}")
    bot.later(days=3, seconds=1)
    bot.taps("Anna", "Accept", bot.seen("D-1: the group asks"))
    refused = bot.taps("Cleo", "Accept", bot.seen("D-2: the group asks"))
    assert refused is not None
    assert "No seat of treasurer is free" in refused.text
    assert len(mandates(bot)) == 1


def test_two_asked_for_one_seat_themselves_and_the_second_round_closes_all_the_same(bot: Moot) -> None:
    asked(bot, by="Anna")
    asked(bot, "/mandate Cleo treasurer for 1 month", by="Cleo")
    for number, names in ((1, ("Ben", "Cleo")), (2, ("Ben", "Anna"))):
        for name in names:
            bot.says(name, f"/consent D-{number}")
    bot.later(days=3, seconds=1)
    assert [grant.state for grant in bot.rows(GrantRow)] == ["accepted", "offered"]
    refused = bot.taps("Cleo", "Accept", bot.seen("D-2: the group asks"))
    assert refused is not None
    assert "No seat of treasurer is free" in refused.text


# delegates


def sent(bot: Moot) -> None:
    asked(bot, "/delegate Anna the rent talks | agree to 3 percent at most, for 2 weeks")
    adopted(bot)
    bot.taps("Anna", "Accept")


def test_a_delegate_carries_instructions_reports_and_is_done(bot: Moot) -> None:
    sent(bot)
    board = bot.seen("📨 D-1: Anna is our delegate")
    assert "> the rent talks" in board.text
    assert "Instructions: agree to 3 percent at most" in board.text
    bot.says("Ben", "/report They agreed")
    assert "is given by the delegate" in bot.last().text
    bot.says("Anna", "/report They agreed to 2 percent.")
    assert "> They agreed to 2 percent." in bot.seen("📨 D-1: Anna reports").text
    assert mandates(bot)[0][1] == "ended"
    assert bot.row(MandateRow).ended_why == "reported"
    assert bot.row(RoleRow).state == "ended"
    assert "The report is in" in bot.seen("📨 D-1: Anna is our delegate").text


def test_a_delegation_ends_at_its_date(bot: Moot) -> None:
    sent(bot)
    bot.later(days=14, seconds=1)
    bot.settle()
    assert bot.row(MandateRow).ended_why == "expired"
    assert bot.row(RoleRow).state == "ended"
    assert "The mandate has ended." in bot.seen("📨 D-1: Anna is our delegate").text
