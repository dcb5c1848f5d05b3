"""Rounds under many eyes: forged buttons, long texts, odd names, several rooms."""

import pytest

from bot.chat.refs import ChatRef
from tests.stories.test_consent import proposed
from tests.support.moot import MakeMoot, Moot, all_tap, enrol
from tests.support.room import FakePlatform, matrix_like


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    """On a platform that keeps presses."""
    return moot(platforms=[FakePlatform(keeps_taps_for=None)])


FORGED = ("consent.consent:999", "consent.consent", "consent.consent:1:2", "objection.met:1", "review.keep:1", "consent.next:1")


def test_buttons_of_another_group_change_nothing(bot: Moot) -> None:
    proposed(bot)
    data = bot.button("Consent")
    elsewhere = ChatRef("telegram", "-100999")
    ack = bot.presses("Ben", data, elsewhere)
    assert ack is not None
    assert ack.refused
    for forged in (
        "consent.consent:999",
        "consent.consent",
        "consent.consent:1:2",
        "objection.met:1",
        "review.keep:1",
        "consent.next:1",
    ):
        ack = bot.presses("Ben", forged)
        assert ack is not None
        assert ack.refused, forged
    assert "Spoken: 0 of 4" in bot.seen("📜").text


def test_a_long_proposal_is_shown_in_part_and_posted_whole(bot: Moot) -> None:
    text = "Beginning. " + "Ein langer Satz über die Küche. " * 92
    proposed(bot, f"{text}\nuntil 25 Nov")
    whole = next(a for each in bot.room for a in each.message.attachments if a.name == "D-1-v1.txt")
    assert whole.content.decode() == text.strip()
    board = bot.seen("📜")
    assert len(board.text) < 1200
    assert "> Beginning." in board.text


HOSTILE = ["<b>Ann</b>", "\u202eneb", "👨‍👩‍👧‍👦", "@room", "✅ D-1 is adopted", "a" * 200]


def test_names_of_all_kinds(bot: Moot) -> None:
    proposed(bot, "We buy a dishwasher for 2 days", "Anna", *HOSTILE)
    all_tap(bot, HOSTILE, "Consent")
    board = bot.seen("📜").text
    assert "✅ Consent, 6:" in board
    assert "\u202e" not in board
    bot.says("Anna", "/close")
    assert "counted 6" in bot.seen("✅ D-1 is adopted").text


def test_it_stands_in_all_rooms_of_the_group_with_one_tally(moot: MakeMoot) -> None:
    bot = moot(platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])
    other = ChatRef("matrix", "!room")
    enrol(bot, "Anna", "Ben")
    bot.says("Cleo", "/join", other)
    bot.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats)")
    bot.change("UPDATE members SET group_id = (SELECT min(group_id) FROM members)")
    bot.says("Anna", "/propose We buy a dishwasher for 1 day")
    bot.taps("Cleo", "Consent", chat=other)
    bot.taps("Ben", "Consent")
    bot.settle()
    assert "✅ Consent, 2:" in bot.seen("📜").text
    assert "✅ Consent, 2:" in next(text for text in bot.shows(other) if text.startswith("📜"))
    bot.later(days=2)
    assert sum(text.startswith("✅ D-1 is adopted") for text in bot.shows() + bot.shows(other)) == 2
