"""Objections: heard, integrated, withdrawn, set aside; never averaged away."""

import json
from datetime import timedelta

import pytest

from bot.chat.incoming import Ack
from tests.stories.test_consent import PEOPLE, proposed, replies
from tests.support.moot import MakeMoot, Moot, all_tap, enrol
from tests.support.room import FakePlatform


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    """On a platform that keeps presses."""
    return moot(platforms=[FakePlatform(keeps_taps_for=None)])


def objected(bot: Moot, reason: str = "It is too loud") -> None:
    proposed(bot)
    bot.taps("Ben", "Object")
    if reason:
        replies(bot, "Ben", reason, "✋ D-1: an objection by Ben")


def refused(ack: Ack | None) -> str:
    assert ack is not None
    assert ack.refused
    return ack.text


def test_an_objection_is_integrated_in_version_two(bot: Moot) -> None:
    proposed(bot)
    bot.taps("Cleo", "Consent")
    assert bot.taps("Ben", "Object") == Ack("You object. Please say why: reply to my message about it.")
    asked = bot.seen("✋ D-1: an objection by Ben")
    assert [mention.name for mention in asked.message.mentions] == ["Ben"]
    replies(bot, "Ben", "It is too loud in the evening", "✋ D-1")
    assert "> It is too loud in the evening" in bot.seen("✋ D-1").text
    assert "• Ben: It is too loud in the evening (open)" in bot.seen("📜").text

    bot.says("Anna", "/amend We buy a quiet dishwasher")
    board = bot.seen("📜 D-1: version 2")
    assert "We buy a [+quiet+] dishwasher" in board.text
    assert "Spoken: 0 of 4" in board.text
    question = bot.seen("✋ D-1: an objection by Ben")
    assert "Ben, does version 2 meet your objection?" in question.text
    assert refused(bot.taps("Cleo", "It does")).startswith("Only whoever raised this objection")
    bot.taps("Ben", "It does")
    all_tap(bot, PEOPLE, "Consent")
    bot.says("Anna", "/close")
    result = bot.seen("✅ D-1 is adopted").text
    assert "> We buy a quiet dishwasher" in result
    assert "• Ben: It is too loud in the evening (integrated in version 2)" in result
    assert "received 4 = counted 4 + replaced 0 + refused 0" in result


def test_an_open_objection_blocks_though_all_others_consent(bot: Moot) -> None:
    objected(bot)
    all_tap(bot, ("Anna", "Cleo", "Dana"), "Consent")
    bot.later(days=3)
    result = bot.seen("✋ D-1 is blocked by an open objection").text
    assert "What next: talk it through, then /amend D-1" in result
    assert json.loads(bot.entries()[-1].public)["facts"]["result"] == "blocked"
    assert bot.seen("✋ D-1: an objection").text.endswith("It stood when the round ended.")


def test_it_blocks_without_a_reason_and_its_owner_is_asked_once_more(bot: Moot) -> None:
    objected(bot, reason="")
    bot.later(hours=6, seconds=1)
    bot.later(hours=6)
    again = [text for text in bot.shows() if text.startswith("Ben, your objection to D-1 has no reason yet.")]
    assert len(again) == 1
    bot.later(days=2)
    assert bot.seen("✋ D-1 is blocked")


def asked_again(bot: Moot) -> int:
    return sum(text.startswith("Ben, your objection to D-1 has no reason yet.") for text in bot.shows())


def test_nobody_is_asked_for_a_reason_at_night(bot: Moot) -> None:
    proposed(bot)
    bot.later(hours=5)
    bot.taps("Ben", "Object")
    bot.later(hours=6, minutes=1)
    assert asked_again(bot) == 0
    bot.later(hours=8, minutes=58)
    assert asked_again(bot) == 0
    bot.later(minutes=2)
    assert asked_again(bot) == 1
    bot.restart(hours=20)
    assert asked_again(bot) == 1


def test_a_reason_given_at_night_ends_the_asking(bot: Moot) -> None:
    proposed(bot)
    bot.later(hours=5)
    bot.taps("Ben", "Object")
    bot.later(hours=7)
    replies(bot, "Ben", "It is too loud", "✋ D-1: an objection by Ben")
    bot.later(hours=20)
    assert asked_again(bot) == 0


def test_an_objection_in_the_last_second_counts(bot: Moot) -> None:
    proposed(bot)
    all_tap(bot, ("Anna", "Cleo", "Dana"), "Consent")
    bot.clock.advance(timedelta(days=2, seconds=-1))
    bot.taps("Ben", "Object")
    bot.later(seconds=5)
    assert bot.seen("✋ D-1 is blocked")


def test_a_blocked_proposal_starts_anew_with_its_next_version(bot: Moot) -> None:
    objected(bot)
    bot.later(days=3)
    bot.says("Anna", "/amend D-1 We rent a dishwasher")
    assert "Spoken: 0 of 4" in bot.seen("📜 D-1: version 2").text
    bot.taps("Ben", "Consent")
    all_tap(bot, ("Anna", "Cleo"), "Consent")
    bot.later(days=3)
    assert "(integrated in version 2)" in bot.seen("✅ D-1 is adopted").text


def test_withdrawing_takes_the_stance_back(bot: Moot) -> None:
    objected(bot)
    bot.taps("Ben", "Withdraw objection")
    assert "Spoken: 0 of 4" in bot.seen("📜").text
    assert bot.seen("✋ D-1").text.endswith("Withdrawn.")
    assert refused(bot.presses("Ben", "objection.withdraw:1")).startswith("This objection is settled already.")
    all_tap(bot, PEOPLE, "Consent")
    bot.says("Anna", "/close")
    assert "received 5 = counted 4 + replaced 1 + refused 0" in bot.seen("✅ D-1 is adopted").text


def test_changing_the_stance_withdraws_it_as_well(bot: Moot) -> None:
    objected(bot)
    bot.taps("Ben", "Consent")
    assert "• Ben: It is too loud (withdrawn)" in bot.seen("📜").text
    bot.taps("Ben", "Object")
    assert "• Ben: no reason yet (open)" in bot.seen("📜").text


def test_not_yet_keeps_it_against_the_new_version(bot: Moot) -> None:
    objected(bot)
    bot.says("Anna", "/amend We buy two")
    bot.taps("Ben", "Not yet")
    all_tap(bot, ("Anna", "Cleo", "Dana"), "Consent")
    bot.says("Anna", "/close")
    assert "✋ Object, 1: Ben" in bot.seen("✋ D-1 is blocked").text


def test_the_others_set_an_objection_aside_with_a_reason(bot: Moot) -> None:
    objected(bot)
    all_tap(bot, ("Anna", "Cleo", "Dana"), "Consent")
    assert refused(bot.taps("Ben", "Ask to set aside")).startswith("This is for the others")
    bot.taps("Cleo", "Ask to set aside")
    assert refused(bot.taps("Dana", "Ask to set aside")).startswith("The others are being asked already.")
    board = bot.seen("⚖️ D-1: set aside the objection by Ben?")
    assert "Spoken: 0 of 3; 2 needed." in board.text
    assert refused(bot.taps("Ben", "Consent", board)).startswith("Only those who had joined")
    for name in ("Anna", "Cleo", "Dana"):
        bot.taps(name, "Consent", board)
    assert bot.seen("⚖️").labels == ["Consent", "Stand aside", "Object"]
    replies(bot, "Cleo", "It is a taste, not a harm", "⚖️")
    assert bot.seen("⚖️").text.endswith("The objection is set aside.")
    bot.taps("Ben", "Consent", bot.seen("📜"))
    bot.taps("Ben", "Object", bot.seen("📜"))
    assert "✋ Object, 1: Ben" in bot.seen("📜").text, "it is heard, and blocks no more"
    bot.says("Anna", "/close")
    assert "• Ben: It is too loud (set aside: It is a taste, not a harm)" in bot.seen("✅ D-1 is adopted").text


def test_one_of_the_others_keeps_it(bot: Moot) -> None:
    objected(bot)
    bot.taps("Cleo", "Ask to set aside")
    replies(bot, "Cleo", "It is a taste", "⚖️")
    board = bot.seen("⚖️")
    bot.taps("Anna", "Consent", board)
    bot.taps("Dana", "Object", board)
    bot.later(days=1, seconds=1)
    assert bot.seen("⚖️").text.endswith("The objection stands.")
    bot.later(days=2)
    assert bot.seen("✋ D-1 is blocked")


def test_without_a_reason_nothing_is_set_aside(bot: Moot) -> None:
    objected(bot)
    bot.taps("Cleo", "Ask to set aside")
    for name in ("Anna", "Cleo", "Dana"):
        bot.taps(name, "Consent", bot.seen("⚖️"))
    bot.later(days=3)
    assert bot.seen("⚖️").text.endswith("The objection stands.")
    assert bot.seen("✋ D-1 is blocked")


def test_an_objection_is_heard_before_it_is_set_aside(bot: Moot) -> None:
    objected(bot, reason="")
    assert refused(bot.taps("Cleo", "Ask to set aside")).startswith("The objection has no reason yet.")


def test_withdrawing_ends_the_round_about_it(bot: Moot) -> None:
    objected(bot)
    bot.taps("Cleo", "Ask to set aside")
    bot.says("Ben", "/withdraw")
    assert bot.seen("⚖️").text.endswith("No longer needed.")
    assert bot.seen("⚖️").labels == []


def test_words_of_others_below_an_objection_are_talk(bot: Moot) -> None:
    objected(bot)
    before = bot.dump()
    assert replies(bot, "Cleo", "I see", "✋ D-1") is None
    assert [line for line in bot.dump() if "I see" in line] == []
    assert len(bot.dump()) - len(before) <= 2


def test_an_amendment_needs_other_words_and_an_open_proposal(bot: Moot) -> None:
    proposed(bot)
    assert refused(bot.says("Anna", "/amend We buy a dishwasher")).startswith("That is the text as it stands.")
    assert refused(bot.says("Anna", "/amend")).startswith("What is the proposal?")
    all_tap(bot, PEOPLE, "Consent")
    bot.says("Anna", "/close")
    assert refused(bot.says("Anna", "/amend D-1 We buy two")).startswith("D-1 is decided.")
    enrol(bot, "Eli")


def test_a_proposal_that_starts_anew_asks_those_who_are_there_then(bot: Moot) -> None:
    objected(bot)
    bot.later(days=3)
    for name in ("Ben", "Cleo", "Dana"):
        bot.walks_out(name)
    bot.says("Anna", "/amend D-1 We rent a dishwasher")
    assert "Spoken: 0 of 1; 1 needed." in bot.seen("📜 D-1: version 2").text
    bot.presses("Ben", "objection.stands:1")
    assert "Spoken: 0 of 1; 1 needed." in bot.seen("📜 D-1: version 2").text


def test_nobody_is_left_to_ask_anew(bot: Moot) -> None:
    objected(bot)
    bot.later(days=3)
    for name in PEOPLE:
        bot.walks_out(name)
    assert refused(bot.says("Anna", "/amend D-1 We rent a dishwasher")).startswith("There is nobody to ask yet")
