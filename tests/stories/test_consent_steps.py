"""A round in steps, and the review of what was decided."""

import pytest

from tests.stories.test_consent import PEOPLE, proposed, replies
from tests.support.moot import MakeMoot, Moot, all_tap, enrol
from tests.support.room import FakePlatform


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    """On a platform that keeps presses."""
    return moot(platforms=[FakePlatform(keeps_taps_for=None)])


def test_questions_reactions_and_then_stances(bot: Moot) -> None:
    proposed(bot, "We buy a dishwasher for 4 days, full")
    board = bot.seen("📜")
    assert board.labels == ["Next step"]
    assert "Step 1 of 3, clarifying questions, until 22 Nov 2026 12:00 UTC." in board.text
    replies(bot, "Ben", "How loud is it?", "📜")
    replies(bot, "Anna", "44 dB", "📜")
    assert "• Ben: How loud is it?\n• Anna: 44 dB" in bot.seen("📜").text
    ack = bot.presses("Ben", "consent.consent:1")
    assert ack is not None
    assert ack.text.startswith("Stances come in the last step.")
    bot.later(days=1)
    assert "Step 2 of 3, quick reactions" in bot.seen("📜").text
    ack = bot.taps("Ben", "Next step")
    assert ack is not None
    assert ack.refused
    bot.taps("Anna", "Next step")
    assert bot.seen("📜").labels == ["Consent", "Stand aside", "Object"]
    all_tap(bot, PEOPLE, "Consent")
    bot.later(days=3, seconds=1)
    assert bot.seen("✅ D-1 is adopted")


def test_a_night_offline_skips_the_steps_that_are_over(bot: Moot) -> None:
    proposed(bot, "We buy a dishwasher for 4 days, full")
    bot.restart(days=2, hours=1)
    assert bot.seen("📜").labels == ["Consent", "Stand aside", "Object"]


def test_the_group_chooses_its_depth(bot: Moot) -> None:
    enrol(bot, *PEOPLE)
    bot.says("Anna", "/settings depth full")
    assert "depth: full, with questions and reactions first" in bot.last().text
    bot.says("Anna", "/propose We buy a dishwasher for 4 days")
    assert "Step 1 of 3" in bot.seen("📜").text
    bot.says("Anna", "/propose We paint the stairs for 4 days, quick")
    assert bot.seen("📜 D-2").labels == ["Consent", "Stand aside", "Object"]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("round 5 days", "round: 5 days, unless a proposal says otherwise"),
        ("quorum 40%", "quorum: 40% must take a stance"),
        ("tenure 2 weeks", "tenure: 14 days from joining until one takes part"),
        ("tenure none", "tenure: none, everyone who has joined takes part"),
        ("tenure usual", "It is set that way already."),
        ("quiet 23-7", "quiet: 23:00 to 7:00, when I remind nobody"),
        ("quiet none", "quiet: none"),
        ("reviews lapse", "reviews: unanswered, a decision lapses"),
        ("matrix polls", "matrix: native polls for stances and single choices"),
        ("matrix reactions", "matrix: reactions, which travel in clear even in encrypted rooms"),
        ("matrix maybe", "It can be one of these: auto, polls, and reactions."),
        ("depth deep", "It can be one of these: quick and full."),
        ("quorum 0", "I cannot read “0” as a quorum."),
        ("round 1 year", "Months and years differ in length."),
        ("quiet 8", "Write the quiet hours like"),
    ],
)
def test_a_group_sets_its_own_ways(bot: Moot, change: str, line: str) -> None:
    bot.says("Anna", f"/settings {change}")
    assert line in bot.last().text


def test_the_settings_hold_for_the_next_proposal(bot: Moot) -> None:
    enrol(bot, *PEOPLE)
    bot.says("Anna", "/settings round 5 days")
    bot.says("Anna", "/settings quorum 75%")
    bot.says("Anna", "/propose We buy a dishwasher")
    assert "Open until 26 Nov 2026 12:00 UTC." in bot.seen("📜").text
    assert "3 needed" in bot.seen("📜").text


@pytest.mark.parametrize(("wanted", "shown"), [("polls", "yes"), ("reactions", "no"), ("auto", "if encrypted")])
def test_boards_that_stand_are_shown_the_way_that_the_group_wants(bot: Moot, wanted: str, shown: str) -> None:
    enrol(bot, *PEOPLE)
    bot.says("Anna", "/settings matrix reactions")
    bot.says("Anna", "/propose We buy a dishwasher")
    bot.says("Anna", "/poll Lunch? | Soup | Salad")
    bot.says("Anna", "/poll Which days? | Monday | Tuesday | method: several")
    bot.says("Anna", f"/settings matrix {wanted}")
    bot.settle()
    assert [each.message.poll for each in bot.room if "Consent" in each.labels or "Soup" in each.labels] == [shown, shown]
    assert bot.seen("📊 D-3").message.poll == "no"


def test_tenure_keeps_newcomers_out(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.later(days=15)
    enrol(bot, "Cleo")
    bot.says("Anna", "/settings tenure 2 weeks")
    bot.says("Anna", "/propose We buy a dishwasher")
    assert "Spoken: 0 of 2" in bot.seen("📜").text


def adopted_with_review(bot: Moot) -> None:
    proposed(bot, "We buy a dishwasher for 1 day review in 6 months")
    all_tap(bot, PEOPLE, "Consent")
    bot.later(days=1, seconds=1)
    assert "The group looks at it again on 22 May 2027 12:00 UTC." in bot.seen("✅ D-1 is adopted").text
    bot.later(days=182)


def test_a_review_asks_and_keeps(bot: Moot) -> None:
    adopted_with_review(bot)
    board = bot.seen("🔎 D-1: its review is due")
    assert board.labels == ["Keep", "Change", "End"]
    ack = bot.taps("Zoe", "Keep")
    assert ack is not None
    assert ack.refused
    bot.taps("Ben", "Keep")
    assert bot.seen("🔎").text.endswith("It is kept.")
    bot.later(days=184)
    assert sum(text.startswith("🔎") for text in bot.shows()) >= 1
    assert bot.seen("🔎").labels == ["Keep", "Change", "End"]


def test_a_review_waits_for_the_morning(bot: Moot) -> None:
    bot.says("Anna", "/settings quiet 11-14")
    proposed(bot, "We buy a dishwasher for 1 day review in 6 months")
    all_tap(bot, PEOPLE, "Consent")
    bot.later(days=1, seconds=1)
    bot.later(days=182, minutes=1)
    assert not any(text.startswith("🔎") for text in bot.shows())
    bot.later(hours=2)
    assert bot.seen("🔎 D-1: its review is due").labels == ["Keep", "Change", "End"]
    bot.later(days=14)
    assert bot.seen("🔎").text.endswith("Nobody answered, so it stays, as this group has set.")


def test_a_review_that_nobody_answers(bot: Moot) -> None:
    adopted_with_review(bot)
    bot.later(days=14, seconds=1)
    assert bot.seen("🔎").text.endswith("Nobody answered, so it stays, as this group has set.")


def test_a_review_that_nobody_answers_lapses_where_the_group_wants_that(bot: Moot) -> None:
    adopted_with_review(bot)
    bot.says("Anna", "/settings reviews lapse")
    bot.restart(days=30)
    assert bot.seen("🔎").text.endswith("so it has lapsed, as this group has set.")


def test_ending_a_decision_is_a_decision(bot: Moot) -> None:
    adopted_with_review(bot)
    bot.taps("Ben", "End")
    assert "> End decision D-1: We buy a dishwasher" in bot.seen("📜 D-2: proposal by Ben").text
    all_tap(bot, PEOPLE, "Consent")
    bot.says("Ben", "/close D-2")
    bot.settle()
    assert bot.seen("🔎").text.endswith("It has ended.")
