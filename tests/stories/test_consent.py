"""Quick rounds: proposed, answered, counted, and entered in the register."""

import json

import pytest

from bot.chat import incoming as said
from bot.commons import register
from tests.support.moot import MakeMoot, Moot, all_tap, enrol
from tests.support.room import FakePlatform

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    """On a platform that keeps presses, so that days may pass between two words of a story."""
    return moot(platforms=[FakePlatform(keeps_taps_for=None)])


def proposed(bot: Moot, text: str = "We buy a dishwasher for 2 days", *people: str) -> None:
    enrol(bot, *(people or PEOPLE))
    bot.says("Anna", f"/propose {text}")


def replies(bot: Moot, name: str, text: str, start: str) -> said.Ack | None:
    """In answer to the newest message that begins so."""
    return bot.hand(said.Replied(bot.origin(name), text, said.Quoted(bot.seen(start).id, mine=True)))


def test_a_proposal_is_adopted_when_its_time_has_come(bot: Moot) -> None:
    proposed(bot)
    board = bot.seen("📜")
    assert board.labels == ["Consent", "Stand aside", "Object"]
    assert "> We buy a dishwasher" in board.text
    assert "Open until 23 Nov 2026 12:00 UTC." in board.text
    assert "Spoken: 0 of 4; 2 needed." in board.text
    assert bot.taps("Ben", "Consent") == said.Ack("Counted: Consent. You can change it while the round is open.")
    bot.taps("Cleo", "Stand aside")
    assert "✅ Consent, 1: Ben\n🤷 Stand aside, 1: Cleo" in bot.seen("📜").text
    bot.later(days=2, seconds=1)
    result = bot.seen("✅ D-1 is adopted")
    assert "Accounts: received 2 = counted 2 + replaced 0 + refused 0." in result.text
    assert bot.seen("📜").labels == []
    facts = json.loads(bot.entries()[-1].public)["facts"]
    assert (facts["decision"], facts["result"], facts["objections"]) == ("D-1", "adopted", {})
    assert register.read(bot.entries()[-1]).personal["text"] == "We buy a dishwasher"
    assert "dishwasher" not in bot.entries()[-1].public, "what people wrote can be forgotten"
    assert facts["accounting"] == {"received": 2, "counted": 2, "replaced": 0, "refused": 0}
    assert "tg:1002" in str(bot.entries()[-1].personal)
    assert "tg:1002" not in bot.entries()[-1].public


def test_changing_ones_mind_counts_once(bot: Moot) -> None:
    proposed(bot)
    for label in ("Consent", "Stand aside", "Consent", "Consent"):
        bot.taps("Ben", label)
    assert bot.acks[-1][1].text == "That is your stance already: Consent."
    bot.taps("Cleo", "Consent")
    bot.says("Anna", "/close")
    assert "✅ Consent, 2: Ben and Cleo" in bot.seen("✅ D-1").text
    assert "received 4 = counted 2 + replaced 2 + refused 0" in bot.seen("✅ D-1").text


def test_each_stance_can_be_typed(bot: Moot) -> None:
    proposed(bot)
    bot.says("Ben", "/consent")
    bot.says("Cleo", "/consent D-1 Please check the noise first.")
    bot.says("Dana", "/aside 1")
    bot.says("Anna", "/object It is too loud")
    board = bot.seen("📜").text
    assert "✅ Consent, 2: Ben and Cleo\n🤷 Stand aside, 1: Dana\n✋ Object, 1: Anna" in board
    assert "Cleo: Please check the noise first." in board
    assert "Anna: It is too loud (open)" in board
    bot.says("Anna", "/aside I can live with it")
    assert "Anna: I can live with it" in bot.seen("📜").text
    assert "✋ Object" not in bot.seen("📜").text.partition("Anna: It is too loud")[0]
    bot.says("Ben", "/consent D-7")
    assert bot.last().text.startswith("There is no D-7")


def test_who_joins_after_the_opening_cannot_take_part(bot: Moot) -> None:
    proposed(bot)
    enrol(bot, "Eli")
    late = bot.taps("Eli", "Consent")
    assert late is not None
    assert late.refused
    assert late.text.startswith("Only those who had joined when this was opened can answer.")
    bot.says("Eli", "/vote consent")
    assert bot.last().text == late.text
    assert "Spoken: 0 of 4" in bot.seen("📜").text
    bot.says("Anna", "/close")
    assert "received 2 = counted 0 + replaced 0 + refused 2" in bot.seen("⌛ D-1").text


def test_who_leaves_stays_counted(bot: Moot) -> None:
    proposed(bot)
    bot.taps("Ben", "Consent")
    bot.taps("Cleo", "Consent")
    bot.walks_out("Ben")
    bot.says("Anna", "/close")
    assert "✅ Consent, 2: Ben and Cleo" in bot.seen("✅ D-1 is adopted").text


def test_too_few_leave_no_result(bot: Moot) -> None:
    proposed(bot, "We buy a dishwasher for 2 days quorum 75%")
    assert "Spoken: 0 of 4; 3 needed." in bot.seen("📜").text
    all_tap(bot, PEOPLE[:2], "Consent")
    bot.later(days=3)
    assert "What next: /amend D-1" in bot.seen("⌛ D-1 has no result: too few took a stance").text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "What is the proposal?"),
        (" " * 4096, "What is the proposal?"),
        ("x" * 6001, "That is too long: 6000 characters at most."),
        ("Buy it until yesterday", "That time is already past."),
        ("Buy it quorum 0", "I cannot read “0”"),
        ("Buy it quorum 101%", "I cannot read “101%”"),
        ("Buy it quorum -1", "I cannot read “-1”"),
        ("Buy it quorum 5", "A quorum of 5 cannot be reached: 4 may take part."),
        ("Buy it for 0 minutes", "I cannot read"),
        ("Buy it for 100 days", "A round takes between 1 minute and 90 days."),
        ("Buy it until 2026-02-30", "I cannot read"),
        ("Buy it \0", "There are characters in this that I cannot keep."),
    ],
)
def test_a_proposal_that_cannot_be(bot: Moot, text: str, words: str) -> None:
    enrol(bot, *PEOPLE)
    before = bot.dump()
    ack = bot.says("Anna", f"/propose {text}")
    assert ack is not None
    assert ack.text.startswith(words), ack.text
    assert [line for line in bot.dump() if "proposals" in line] == [line for line in before if "proposals" in line]


def test_nobody_has_joined(bot: Moot) -> None:
    ack = bot.says("Anna", "/propose We buy a dishwasher")
    assert ack is not None
    assert ack.text.startswith("There is nobody to ask yet")


def test_a_group_of_one(bot: Moot) -> None:
    proposed(bot, "I buy a cup", "Anna")
    assert "Spoken: 0 of 1; 1 needed." in bot.seen("📜").text
    bot.taps("Anna", "Consent")
    assert "All have spoken." in bot.seen("📜").text
    bot.says("Anna", "/close D-1")
    assert bot.seen("✅ D-1 is adopted")


def test_a_reply_makes_the_answered_message_the_text(bot: Moot) -> None:
    enrol(bot, *PEOPLE)
    quoted = said.Quoted("m77", "We paint the stairs")
    bot.hand(said.CommandSent(bot.origin("Ben"), "propose", "for 1 day", quoted=quoted))
    assert "> We paint the stairs" in bot.seen("📜 D-1: proposal by Ben").text


def test_only_those_who_steer_it_close_and_extend(bot: Moot) -> None:
    proposed(bot)
    for command in ("/close", "/extend 2 days", "/amend We do not"):
        ack = bot.says("Ben", command)
        assert ack is not None
        assert ack.text.startswith("That is for whoever opened D-1 and for the facilitator.")
    bot.says("Anna", "/extend 1 day")
    assert bot.last().text == "Anna gave D-1 more time, until 24 Nov 2026 12:00 UTC."
    bot.says("Anna", "/extend until 26 Nov 18:00")
    ack = bot.says("Anna", "/extend 1 day")
    assert ack is not None
    assert ack.text.startswith("It has been given more time 2 times already.")
    assert "Open until 26 Nov 2026 18:00 UTC." in bot.seen("📜").text


def test_the_facilitator_steers_too(bot: Moot) -> None:
    enrol(bot, "Ben")
    bot.says("Ben", "/draw facilitator")
    bot.taps("Ben", "Draw now")
    bot.taps("Ben", "Accept")
    proposed(bot)
    bot.says("Ben", "/close D-2")
    assert bot.seen("⌛ D-2 has no result")


def test_the_proposer_withdraws_it(bot: Moot) -> None:
    proposed(bot)
    ack = bot.says("Ben", "/withdraw")
    assert ack is not None
    assert ack.text.startswith("You have nothing to withdraw from D-1")
    bot.says("Anna", "/withdraw")
    assert bot.seen("↩️ D-1 is withdrawn")
    late = bot.says("Ben", "/vote D-1 consent")
    assert late is not None
    assert late.text.startswith("This round is over.")


def test_rounds_lists_what_one_has_not_answered(bot: Moot) -> None:
    proposed(bot)
    bot.says("Cleo", "/propose We paint the stairs for 1 day")
    bot.taps("Ben", "Consent")
    bot.says("Ben", "/rounds")
    assert bot.last().text.splitlines() == [
        "Open now:",
        "• D-2 We paint the stairs, until 22 Nov 2026 12:00 UTC; your stance: Consent",
        "• D-1 We buy a dishwasher, until 23 Nov 2026 12:00 UTC; you have not answered",
    ]


def test_a_concern_goes_with_a_consent(bot: Moot) -> None:
    proposed(bot)
    no = bot.says("Ben", "/concern Please compare prices")
    assert no is not None
    assert no.text.startswith("A concern goes with a consent.")
    bot.taps("Ben", "Consent")
    replies(bot, "Ben", "Please compare prices", "📜")
    assert "Concerns:\n• Ben: Please compare prices" in bot.seen("📜").text
    bot.taps("Ben", "Stand aside")
    assert "Concerns:" not in bot.seen("📜").text


def test_the_silent_are_named_once_and_at_most_five(bot: Moot) -> None:
    names = [f"P{n}" for n in range(9)]
    proposed(bot, "We buy a dishwasher for 4 days", "Anna", *names)
    bot.taps("P0", "Consent")
    bot.later(days=3, seconds=1)
    nudge = bot.seen("D-1 is open until")
    assert "Not heard from yet: Anna, P1, P2, P3, P4 and 4 more." in nudge.text
    assert len(nudge.message.mentions) == 5
    before = len(bot.room)
    bot.later(hours=12)
    assert len(bot.room) == before


def test_nobody_is_nudged_at_night(bot: Moot) -> None:
    proposed(bot, "We buy a dishwasher for 16 hours")
    bot.later(hours=15)
    assert not any(text.startswith("D-1 is open until") for text in bot.shows())
    bot.says("Ben", "/propose We paint the stairs for 20 hours")
    bot.later(hours=16)
    assert any(text.startswith("D-2 is open until") for text in bot.shows())


def test_nobody_is_nudged_at_night_after_an_outage_either(bot: Moot) -> None:
    proposed(bot, "We buy a dishwasher for 4 days")
    bot.restart(days=3, hours=11)
    assert not any(text.startswith("D-1 is open until") for text in bot.shows())
    bot.later(hours=9)
    assert any(text.startswith("D-1 is open until") for text in bot.shows())


def test_a_deadline_while_the_bot_was_down(bot: Moot) -> None:
    proposed(bot)
    all_tap(bot, PEOPLE[:2], "Consent")
    bot.restart(days=3)
    results = [text for text in bot.shows() if text.startswith("✅ D-1 is adopted")]
    assert len(results) == 1
    assert "It was due at 23 Nov 2026 12:00 UTC; I come late" in results[0]


def test_a_deadline_in_a_gap_in_which_presses_were_lost_is_moved(moot: MakeMoot) -> None:
    bot = moot()
    proposed(bot)
    all_tap(bot, PEOPLE[:2], "Consent")
    bot.restart(days=3)
    assert "Open until 25 Nov 2026 12:00 UTC." in bot.seen("📜").text
    bot.taps("Cleo", "Object")
    bot.later(minutes=2)
    bot.says("Anna", "/close")
    assert bot.seen("✋ D-1 is blocked")
