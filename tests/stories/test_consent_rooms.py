"""Rounds under many eyes: forged buttons, long texts, odd names, several rooms."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import event

from bot.chat import incoming as said
from bot.chat.refs import ChatRef
from bot.delivery.boards import Rhythm
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


def test_a_result_is_pinned_where_the_group_wants_that(bot: Moot) -> None:
    proposed(bot)
    bot.says("Anna", "/settings results pin")
    bot.says("Anna", "/close")
    assert bot.seen("⌛ D-1").pinned
    assert not bot.seen("📜 D-1").pinned


def test_who_has_a_private_chat_is_reminded_there(bot: Moot) -> None:
    proposed(bot, "We buy a dishwasher for 4 days")
    alone = ChatRef("telegram", bot.person("Ben").id)
    bot.says("Ben", "/start", alone, kind="private")
    bot.later(days=3, seconds=1)
    assert bot.last(alone).text.endswith("You have not answered yet. It stands in The moot.")
    assert "Not heard from yet: Anna, Cleo, Dana." in bot.seen("D-1 is open until").text


def test_two_hundred_people_and_a_hundred_and_fifty_taps(moot: MakeMoot) -> None:
    """A handful of edits, and everybody is answered."""
    platform = FakePlatform(keeps_taps_for=None)
    bot = moot(platforms=[platform], rhythm=Rhythm())
    names = [f"P{n}" for n in range(200)]
    proposed(bot, "We buy a dishwasher for 4 days", *names)
    bot.later(seconds=1)
    standing, before = bot.seen("📜"), len(platform.edits())
    for second in range(10):
        acks = all_tap(bot, names[second * 15 : second * 15 + 15], ("Consent", "Stand aside", "Object")[second % 2])
        assert all(ack is not None and not ack.refused for ack in acks)
        bot.later(seconds=1)
    bot.later(seconds=10)
    assert "Spoken: 150 of 200; 100 needed." in standing.text
    assert len([edit for edit in platform.edits()[before:] if edit.edits == standing.id]) <= 5


def test_a_tap_costs_as_many_queries_for_many_as_for_few(bot: Moot) -> None:
    names = [f"P{n}" for n in range(60)]
    proposed(bot, "We buy a dishwasher for 4 days", "Anna", *names)
    costs = []
    for crowd in (names[:2], names[2:50]):
        all_tap(bot, crowd, "Consent")
        asked: list[str] = []
        hearing = partial(note, asked)
        event.listen(bot.database.engine, "before_cursor_execute", hearing)
        bot.hear(bot.received(said.ButtonTapped(bot.origin(crowd[0]), bot.button("Stand aside")), (f"one {crowd[0]}",)))
        event.remove(bot.database.engine, "before_cursor_execute", hearing)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def note(asked: list[str], *call: Any) -> None:
    asked.append(call[2])
