"""Looking up what was decided: found by words and since a day, page by page, each with its whole story and a link back."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from bot.chat.adapter import TryLater
from bot.chat.message import Link
from bot.chat.refs import ChatRef
from models import SearchRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform, matrix_like

GARDEN = ChatRef("matrix", "!garden")


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    """One group in two rooms, on either database."""
    with closing(Moot(either_house, platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])) as made:
        enrol(made, "Anna", "Ben", "Cleo")
        made.says("Mia", "/join", GARDEN)
        made.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats)")
        yield made


def decide(bot: Moot, *texts: str) -> None:
    for text in texts:
        bot.says("Anna", f"/propose {text} quorum 1")
        bot.taps("Ben", "Consent")
        bot.says("Anna", "/close")


def listed(bot: Moot, asked: str = "") -> list[str]:
    bot.says("Dora", f"/decisions {asked}".strip())
    return lines(bot)


def lines(bot: Moot) -> list[str]:
    return [line.removeprefix("• ") for line in bot.seen("🗂").text.splitlines() if line.startswith("• ")]


def refusal(bot: Moot, words: str) -> str:
    ack = bot.says("Anna", words)
    assert ack is not None
    return ack.text


def test_what_was_decided_on_the_kitchen_three_months_ago_is_found(bot: Moot) -> None:
    decide(bot, "Die Küche wird freitags geputzt", "We buy a piano")
    bot.later(days=92)
    decide(bot, "The kitchen gets a window")
    assert listed(bot, "KUCHE") == ["21 Nov 2026: D-1 is adopted: Die Küche wird freitags geputzt"]
    assert listed(bot, "kitch") == ["21 Feb 2027: D-3 is adopted: The kitchen gets a window"]
    assert listed(bot, "since 2 months ago") == ["21 Feb 2027: D-3 is adopted: The kitchen gets a window"]
    assert [line.partition(" is adopted")[0] for line in listed(bot)] == [
        "21 Feb 2027: D-3",
        "21 Nov 2026: D-2",
        "21 Nov 2026: D-1",
    ]
    assert "🗂 In the register: küche piano" in shown(bot, "küche piano")
    assert "Nothing has all these words." in bot.seen("🗂").text


def shown(bot: Moot, asked: str) -> str:
    listed(bot, asked)
    return bot.seen("🗂").text


def test_whoever_supported_or_objected_is_found_by_their_words_and_not_by_their_label(bot: Moot) -> None:
    bot.says("Anna", "/propose We paint it blue quorum 1")
    bot.says("Ben", "/aside D-1 magenta is prettier")
    bot.says("Anna", "/close")
    assert len(listed(bot, "magenta")) == 1
    assert listed(bot, "1002") == listed(bot, "tg") == []


def test_pages_are_turned_by_button_and_by_typing(bot: Moot) -> None:
    for n in range(23):
        bot.says("Anna", f"/settings window {n + 10}s")
    assert len(listed(bot)) == 10
    message = bot.seen("🗂")
    assert message.labels == ["Older"]
    bot.taps("Ben", "Older", message)
    assert (message.labels, message.versions) == (["Newer", "Older"], 2)
    assert message.text.startswith("🗂 What was decided, page 2")
    bot.taps("Cleo", "Older", message)
    assert (message.labels, len(lines(bot))) == (["Newer"], 3)
    bot.taps("Cleo", "Newer", message)
    assert len(lines(bot)) == 10
    assert len(listed(bot, "window page 3")) == 3
    assert "There is nothing on this page." in shown(bot, "page 9")


def test_a_list_is_of_use_for_a_day(bot: Moot) -> None:
    for n in range(12):
        bot.says("Anna", f"/settings window {n + 10}s")
    listed(bot, "window")
    old = bot.seen("🗂")
    bot.later(days=2)
    listed(bot)
    ack = bot.taps("Ben", "Older", old)
    assert ack is not None
    assert ack.text == "This list is a day old. /decisions gives a new one."
    assert bot.rows(SearchRow)[0].words == ""
    for data in ("register.page:1", "register.page:x:1", "register.page:99:1", "register.page:1:9999999999"):
        forged = bot.presses("Ben", data)
        assert forged is not None
        assert forged.refused


def test_a_decision_is_shown_with_its_whole_story(bot: Moot) -> None:
    bot.says("Ben", "/propose The kitchen is cleaned on Fridays quorum 1 review in 3 months")
    bot.says("Cleo", "/object D-1 who brings the soap?")
    bot.says("Ben", "/amend D-1 The kitchen is cleaned on Fridays, Ben brings the soap")
    bot.says("Cleo", "/withdraw D-1")
    bot.says("Cleo", "/consent D-1 rather Saturdays")
    bot.says("Ben", "/close 1")
    bot.says("Anna", "/decision D-1")
    said = bot.last().text.splitlines()
    assert said[0] == "🗂 D-1 is adopted: The kitchen is cleaned on Fridays, Ben brings the soap"
    assert said[1:7] == [
        "Version 1, by Ben on 21 Nov 2026 12:00 UTC:",
        "> The kitchen is cleaned on Fridays",
        "Version 2, by Ben on 21 Nov 2026 12:00 UTC:",
        "> The kitchen is cleaned on Fridays, Ben brings the soap",
        "• Objection, Cleo: who brings the soap? (withdrawn)",
        "• Concern, Cleo: rather Saturdays",
    ]
    assert "Accounts: received 1 = counted 1 + replaced 0 + refused 0." in said
    assert "The group looks at it again on 21 Feb 2027." in said
    assert "All rooms were told of it on 21 Nov 2026 12:00 UTC." in said


def test_what_a_decision_replaced_and_what_became_of_it(bot: Moot) -> None:
    bot.says("Ben", "/propose We meet on Fridays quorum 1 review in 1 week")
    bot.taps("Ben", "Consent")
    bot.says("Ben", "/close 1")
    bot.later(days=7, hours=1)
    bot.taps("Cleo", "End")
    for name in ("Anna", "Ben", "Cleo"):
        bot.taps(name, "Consent")
    bot.later(days=30)
    bot.says("Anna", "/decision 1")
    first = bot.last().text
    assert "D-2 has ended it." in first
    assert "It was looked at again, and is no longer in force." in first
    assert "D-2 is adopted" in first
    bot.says("Anna", "/decision 2")
    assert "It is about ending D-1." in bot.last().text


def test_what_is_open_says_so(bot: Moot) -> None:
    bot.says("Ben", "/propose We meet on Fridays")
    bot.says("Anna", "/decision 1")
    assert bot.last().text.startswith("🗂 D-1 is open: We meet on Fridays\nVersion 1, by Ben")
    assert "It is open until 24 Nov 2026 12:00 UTC." in bot.last().text


def test_a_draw_is_shown_with_what_became_of_it(bot: Moot) -> None:
    bot.says("Anna", "/draw facilitator")
    bot.taps("Anna", "Draw now")
    name = bot.asked()[0]
    bot.taps(name, "Accept")
    bot.says("Anna", "/decision 1")
    assert f"D-1: lots were drawn, facilitator. First in order: {name}" in bot.last().text
    assert f"D-1: {name} accepted" in bot.last().text


def test_a_poll_is_shown_with_what_each_option_received(bot: Moot) -> None:
    bot.says("Anna", "/poll Where do we meet? | Garden | Roof | Cellar")
    bot.says("Cleo", "/decision 1")
    assert bot.last().text.splitlines()[1:5] == ["> Where do we meet?", "• Garden", "• Roof", "• Cellar"]
    for name, label in (("Anna", "Roof"), ("Ben", "Roof"), ("Cleo", "Garden")):
        bot.taps(name, label, bot.seen("📊"))
    bot.says("Anna", "/close")
    bot.says("Cleo", "/decision 1")
    assert bot.last().text.splitlines()[:5] == [
        "🗂 D-1, Where do we meet?: Roof",
        "> Where do we meet?",
        "• Garden: 1",
        "• Roof: 2",
        "• Cellar: 0",
    ]


def test_it_leads_back_to_the_message_in_the_room_where_it_is_asked(bot: Moot) -> None:
    decide(bot, "We buy a piano")
    for chat in (bot.group, GARDEN):
        told = next(each for each in bot.room_of(chat) if each.text.startswith("✅ D-1"))
        address = f"https://{chat.platform}.example/{chat.id}/{told.id}"
        for words in ("/decisions", "/decision 1"):
            bot.says("Mia", words, chat)
            assert [span.url for span in spans(bot, chat)] == [address]


def spans(bot: Moot, chat: ChatRef) -> list[Link]:
    return [span for block in bot.last(chat).message.blocks for span in block.spans if isinstance(span, Link)]


def test_one_that_was_published_late_says_so_and_counts(bot: Moot) -> None:
    decide(bot, "We buy a piano")
    bot.platforms[1].fail = lambda _: TryLater(60)
    decide(bot, "We sell it")
    bot.says("Anna", "/decision 2")
    assert "Not all rooms have been told of it yet." in bot.last().text
    bot.later(hours=25)
    bot.platforms[1].fail = lambda _: None
    bot.later(minutes=5)
    bot.says("Anna", "/decision 2")
    assert "All rooms were told of it on 22 Nov 2026 13:05 UTC, later than 24 hours after." in bot.last().text
    listed(bot)
    assert "Published in all rooms within 24 hours, over 90 days: 1 of 2." in bot.seen("🗂").text


def test_what_cannot_be_looked_up_says_what_to_do(bot: Moot) -> None:
    assert refusal(bot, "/decision") == "Which one? Say for example /decision 17."
    assert refusal(bot, "/decision 9") == "I know no D-9 in this group. /decisions lists what there is."
    assert refusal(bot, "/decisions ***") == "There is no word in that. Say for example /decisions kitchen."
    assert refusal(bot, f"/decisions {'so ' * 13}") == "That is more than 12 words. Leave some out."
    assert refusal(bot, "/decisions since next Juvember").startswith("I cannot read “next Juvember” as a day that is over.")
    assert "Nothing has been decided yet." in shown(bot, "")
    assert "Nothing has been decided since then." in shown(bot, "since yesterday")


def test_another_group_finds_nothing_of_it(bot: Moot) -> None:
    decide(bot, "We buy a piano")
    other = ChatRef("telegram", "-99")
    bot.says("Zoe", "/decisions piano", other)
    assert "Nothing has all these words." in bot.last(other).text
    assert len(listed(bot, "piano")) == 1
    ack = bot.presses("Zoe", "register.page:2:2", other)
    assert ack is not None
    assert ack.refused
    assert bot.clock.now() - bot.entries()[0].entered_at < timedelta(minutes=1)
