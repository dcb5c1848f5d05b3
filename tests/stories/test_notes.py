"""What was decided by voice or in a meeting is entered at once, and anybody may object for a day."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from bot.chat import incoming as said
from bot.chat.incoming import Quoted
from bot.chat.refs import ChatRef, PersonRef
from bot.commons import register
from models import NoteRow, ProposalRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform, matrix_like

GARDEN = ChatRef("matrix", "!garden")


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    """One group in two rooms."""
    with closing(Moot(either_house, platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])) as made:
        enrol(made, "Anna", "Ben", "Cleo")
        made.says("Mia", "/join", GARDEN)
        made.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats)")
        yield made


def replies(bot: Moot, name: str, command: str, quoted: Quoted) -> None:
    bot.hand(said.CommandSent(bot.origin(name), command, quoted=quoted))


def board(bot: Moot) -> str:
    return bot.seen("📝").text


def kinds(bot: Moot) -> list[str]:
    return [register.read(entry).kind for entry in bot.entries()]


def refusal(bot: Moot, name: str, words: str) -> str:
    ack = bot.says(name, words)
    assert ack is not None
    return ack.text


def test_a_note_is_entered_announced_in_all_rooms_and_stands_after_a_day(bot: Moot) -> None:
    bot.says("Anna", "/note The spare key hangs in the shed.")
    for chat in (bot.group, GARDEN):
        assert bot.last(chat).text.splitlines() == [
            "📝 D-1: a note by Anna",
            "> The spare key hangs in the shed.",
            "It is in the register. Whoever sees it otherwise objects until 22 Nov 2026 12:00 UTC.",
            f"Anna can take it back: {'!' if chat == GARDEN else '/'}withdraw D-1",
        ]
        assert bot.last(chat).labels == ["Object"]
    (entry,) = bot.entries()
    assert register.read(entry).facts == {"note": "D-1", "kind": "note", "corrects": None, "holds_at": "2026-11-22T12:00:00+00:00"}
    assert not any(word in entry.public for word in ("key", "shed", "tg:"))
    bot.later(hours=23)
    assert bot.row(NoteRow).state == "announced"
    bot.later(hours=1, seconds=1)
    assert board(bot).splitlines()[2:] == ["Nobody objected, so it stands since 22 Nov 2026 12:00 UTC."]
    assert (kinds(bot), bot.seen("📝").labels) == (["note", "note ends"], [])
    bot.says("Ben", "/decisions shed")
    assert "D-1, noted by Anna: The spare key hangs in the shed." in bot.last().text
    assert "D-1 stands: The spare key hangs in the shed." in bot.last().text


def test_what_somebody_wrote_is_entered_by_a_reply(bot: Moot) -> None:
    replies(bot, "Anna", "decided", Quoted("m7", "We paint the hall green", by=PersonRef("telegram", "1002")))
    assert board(bot).splitlines()[:2] == ["📝 D-1: decided elsewhere, entered by Anna", "> We paint the hall green"]
    personal = register.read(bot.entries()[0]).personal
    assert (personal["by"], personal["said_by"]) == ("tg:1001", "tg:1002")


def test_it_may_say_what_was_decided_itself(bot: Moot) -> None:
    bot.says("Anna", "/decided We paint the hall green")
    assert board(bot).startswith("📝 D-1: decided elsewhere, entered by Anna\n> We paint the hall green")


def test_one_objection_makes_it_contested_and_the_group_decides(bot: Moot) -> None:
    bot.says("Anna", "/decided We paint the hall green")
    ack = bot.taps("Ben", "Object", bot.seen("📝"))
    assert ack is not None
    assert ack.text == "You object, so D-1 is contested and the group decides in D-2. Object there, too, and say what is wrong."
    assert "Ben objects. It is contested; the group decides in D-2." in board(bot)
    assert "> It was noted in D-1, and it stands: We paint the hall green" in bot.seen("📜").text
    for name in ("Anna", "Ben", "Cleo"):
        bot.taps(name, "Consent", bot.seen("📜"))
    bot.says("Anna", "/close 2")
    bot.later(days=5)
    assert "The group has consented to it in D-2, so it stands." in board(bot)
    assert kinds(bot) == ["note", "note contested", "decision", "note ends"]


def test_what_the_group_blocks_does_not_stand(bot: Moot) -> None:
    bot.says("Anna", "/decided We paint the hall green")
    bot.says("Ben", "/object D-1 we said blue")
    assert "Ben objects: we said blue. It is contested" in board(bot)
    bot.says("Ben", "/object D-2 we said blue")
    bot.later(days=5)
    assert "The group did not consent to it in D-2, so it does not stand." in board(bot)
    bot.says("Cleo", "/decision 1")
    assert "D-1 does not stand: We paint the hall green" in bot.last().text


def test_too_few_stances_leave_it_contested(bot: Moot) -> None:
    bot.says("Anna", "/decided We paint the hall green")
    bot.taps("Ben", "Object", bot.seen("📝"))
    bot.later(days=9)
    assert bot.row(NoteRow).state == "contested"
    assert "It is contested" in board(bot)


def test_an_objection_that_is_taken_back_leaves_the_rest_of_the_day(bot: Moot) -> None:
    bot.says("Anna", "/decided We paint the hall green")
    bot.taps("Ben", "Object", bot.seen("📝"))
    bot.says("Ben", "/withdraw D-1")
    assert bot.last().text == "Your objection to D-1 is taken back."
    assert bot.seen("📝").labels == ["Object"]
    assert bot.row(ProposalRow).state == "withdrawn"
    bot.later(days=1, seconds=1)
    assert board(bot).endswith("The objection was taken back, so it stands.")
    assert kinds(bot) == ["note", "note contested", "note uncontested", "decision", "note ends"]


def test_whoever_wrote_it_takes_it_back_and_the_register_keeps_both(bot: Moot) -> None:
    bot.says("Anna", "/note The key is lost")
    bot.says("Anna", "/withdraw D-1")
    assert board(bot).endswith("Anna has taken it back.")
    assert (kinds(bot), bot.seen("📝").labels) == (["note", "note ends"], [])


def test_a_correction_is_a_new_entry_that_names_the_old_one(bot: Moot) -> None:
    bot.says("Anna", "/note We meet on the 4th")
    before = bot.entries()
    bot.says("Ben", "/note D-1: It was the 5th, not the 4th.")
    assert [entry.public for entry in bot.entries()][:1] == [entry.public for entry in before]
    assert "It corrects or adds to D-1." in board(bot)
    bot.says("Cleo", "/decision 1")
    assert "D-2, Ben corrects D-1: It was the 5th, not the 4th." in bot.last().text


def test_what_is_refused_says_what_to_do(bot: Moot) -> None:
    assert refusal(bot, "Dora", "/note hello") == "Notes come from those who have joined. Say /join, then say it again."
    assert refusal(bot, "Anna", "/note").startswith("What shall I enter? Reply to the message that says it with /decided")
    assert refusal(bot, "Anna", "/decided").startswith("What shall I enter?")
    assert refusal(bot, "Anna", f"/note {'x' * 2001}") == "That is longer than 2000 characters. Enter the heart of it."
    assert refusal(bot, "Anna", "/note D-7 is wrong").startswith("I know no D-7 in this group.")
    bot.says("Anna", "/note The key is lost")
    assert refusal(bot, "Anna", "/object D-1 no") == "D-1 is yours: /withdraw D-1 takes it back."
    assert refusal(bot, "Ben", "/withdraw D-1").startswith("Only who wrote D-1 takes it back")
    assert refusal(bot, "Dora", "/object D-1 no") != ""
    bot.says("Anna", "/withdraw D-1")
    assert refusal(bot, "Ben", "/object D-1 no").startswith("D-1 is settled. A new note can correct it: /note D-1")
    for data in ("note.object", "note.object:x", "note.object:9"):
        ack = bot.presses("Ben", data)
        assert ack is not None
        assert ack.refused


def test_a_long_outage_leaves_time_to_object(either_house: str) -> None:
    with closing(Moot(either_house)) as bot:
        enrol(bot, "Anna", "Ben")
        bot.says("Anna", "/note The key is lost")
        bot.restart(hours=30)
        note = bot.row(NoteRow)
        assert (note.state, note.holds_at) == ("announced", bot.clock.now() + timedelta(days=1))
