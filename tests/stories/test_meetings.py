"""A meeting: agenda and times, turns to speak, lots for who facilitates, notes, and minutes that enter the register."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat import incoming as said
from bot.chat.refs import ChatRef
from bot.verifying.draw import check
from models import AgendaRow, AttendeeRow, EntryRow, MeetingNoteRow, MeetingRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform, Standing

PEOPLE = ("Anna", "Ben", "Cleo", "Dana", "Eli")


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, *PEOPLE)
        yield made


def agenda(bot: Moot) -> Standing:
    return bot.seen("🗓")


def note(bot: Moot, name: str, text: str) -> None:
    quoted = said.Quoted(agenda(bot).id, agenda(bot).text, mine=True)
    bot.hand(said.Replied(bot.origin(name), text, quoted))


def minutes(bot: Moot) -> str:
    return bot.seen("📝").text


def document(bot: Moot) -> str:
    files = [a for each in bot.room for a in each.message.attachments if a.name.endswith("minutes.html")]
    return files[-1].content.decode()


def decide(bot: Moot, text: str) -> None:
    bot.says("Anna", f"/propose {text}")
    for name in PEOPLE:
        bot.taps(name, "Consent")
    bot.says("Anna", "/close")


def test_a_whole_meeting(bot: Moot) -> None:
    bot.says("Anna", "/meeting start Budget\n- Kitchen\n- Summer party")
    assert agenda(bot).text.splitlines()[:4] == [
        "🗓 D-1: meeting, since 12:00",
        "• ▶ 1. Budget, since 12:00",
        "• 2. Kitchen",
        "• 3. Summer party",
    ]
    for name in PEOPLE[1:4]:
        bot.taps(name, "I am here")
    note(bot, "Ben", "The books are closed")
    bot.later(minutes=12)
    bot.taps("Cleo", "Next item", agenda(bot))
    bot.settle()
    assert agenda(bot).text.splitlines()[1:3] == ["• 1. Budget, 12 minutes", "• ▶ 2. Kitchen, since 12:12"]
    assert "4 people are here." in agenda(bot).text
    decide(bot, "We buy a dishwasher")
    note(bot, "Dana", "Dana looks for a second-hand one")
    bot.later(minutes=20)
    bot.says("Anna", "/meeting end")
    assert minutes(bot).splitlines() == [
        "📝 D-1, minutes: 21 Nov 2026 12:00 UTC to 12:32",
        "4 people were there.",
        "• D-2 is adopted: We buy a dishwasher",
        "• 1. Budget, 12 minutes",
        "• The books are closed (Ben)",
        "• 2. Kitchen, 20 minutes",
        "• Dana looks for a second-hand one (Dana)",
        "• 3. Summer party",
    ]
    assert '<li dir="auto">D-2 is adopted: We buy a dishwasher</li>' in document(bot)
    assert "this meeting is over" in agenda(bot).text
    assert agenda(bot).labels == []


def test_the_register_has_the_minutes_and_no_name_in_what_is_hashed(bot: Moot) -> None:
    bot.says("Anna", "/meeting start Anna's report")
    decide(bot, "We buy a dishwasher")
    note(bot, "Ben", "Cleo asks Dana")
    bot.says("Anna", "/meeting end")
    entry = bot.entries()[-1]
    public = json.loads(entry.public)
    assert public["kind"] == "minutes"
    assert public["facts"]["entries"] == [1, 1]
    assert public["facts"]["present"] == 2
    assert not any(word in entry.public for word in (*PEOPLE, "report", "asks", "tg:"))
    assert all(not bot.rows(kind) for kind in (AgendaRow, AttendeeRow, MeetingNoteRow))
    assert "Dana" not in str(entry.personal).replace("Cleo asks Dana", "")


def test_names_stand_in_the_minutes_where_the_group_wants_it(bot: Moot) -> None:
    bot.says("Anna", "/settings attendance names")
    bot.says("Anna", "/meeting start")
    bot.taps("Ben", "I am here")
    bot.says("Anna", "/meeting end")
    assert "There: Anna and Ben." in minutes(bot)


def test_those_who_have_spoken_least_go_first(bot: Moot) -> None:
    bot.says("Anna", "/meeting start")
    for name in ("Ben", "Cleo"):
        bot.later(seconds=1)
        bot.taps(name, "Raise a hand")
    spoken = []
    for again in ("Ben", "Dana", "Cleo", "Eli"):
        ack = bot.taps("Anna", "Next speaker")
        spoken.append(ack.text if ack else "")
        bot.later(seconds=1)
        bot.taps(again, "Raise a hand")
    assert spoken == ["Ben has the floor.", "Cleo has the floor.", "Dana has the floor.", "Ben has the floor."]


def test_the_queue_by_command_and_a_hand_that_goes_down(bot: Moot) -> None:
    bot.says("Anna", "/meeting start")
    bot.says("Ben", "/stack")
    bot.later(seconds=1)
    bot.says("Cleo", "/stack")
    assert bot.last().text == "Next: Ben and Cleo"
    bot.says("Ben", "/stack down")
    assert bot.last().text == "Next: Cleo"
    bot.says("Anna", "/stack next")
    assert bot.last().text == "No hand is up."
    bot.later(seconds=5)
    assert "Speaking: Cleo" in agenda(bot).text
    bot.says("Cleo", "/stack")
    bot.later(seconds=1)
    bot.says("Dana", "/stack")
    assert bot.last().text == "Next: Dana and Cleo"


def test_lots_decide_who_facilitates_and_anyone_can_check_them(bot: Moot) -> None:
    bot.says("Anna", "/meeting start Budget | Kitchen")
    ack = bot.taps("Anna", "Draw who facilitates")
    assert ack is not None
    assert ack.text.startswith("At least 2 people press I am here")
    for name in PEOPLE[1:]:
        bot.taps(name, "I am here")
    bot.taps("Ben", "Draw who facilitates")
    bot.settle()
    receipt = bot.last().message.attachments[0].content.decode()
    order = receipt.split("order: ")[1].split()[::2]
    by_label = {f"tg:{number}": name for name, number in bot.people.items()}
    first, second, third, *others = (by_label[label] for label in order)
    assert f"{first} facilitates, {second} takes notes." in agenda(bot).text
    assert check(receipt) == order
    refused = bot.taps(others[0] if others[0] != "Anna" else others[1], "Next item", agenda(bot))
    assert refused is not None
    assert refused.text.startswith(f"{first} facilitates")
    bot.taps(first, "Pass it on", agenda(bot))
    bot.settle()
    assert f"{third} facilitates, {second} takes notes." in agenda(bot).text
    bot.taps(third, "Next item", agenda(bot))
    bot.says("Anna", "/meeting end")
    assert f"Drawn by lot: {third} facilitated, {second} took notes." in minutes(bot)


def test_what_is_refused_says_what_to_do_instead(bot: Moot) -> None:
    bot.says("Anna", "/meeting end")
    assert bot.last().text == "No meeting is going on. /meeting start begins one."
    bot.says("Anna", "/meeting tomorrow")
    assert bot.last().text.startswith("Begin with /meeting start and the agenda")
    bot.says("Anna", "/meeting start " + " | ".join(map(str, range(31))))
    assert bot.last().text.startswith("An agenda has at most 30 items")
    bot.says("Fay", "/meeting start Budget")
    assert bot.last().text.startswith("This is for those who have joined.")
    bot.says("Anna", "/meeting start Budget")
    bot.says("Ben", "/meeting start Kitchen")
    assert bot.last().text.startswith("D-1 is still going on.")
    for label, words in (
        ("Next item", "That was the last item."),
        ("Item before", "This is the first item."),
        ("Next speaker", "No hand is up."),
    ):
        ack = bot.taps("Ben", label, agenda(bot))
        assert ack is not None
        assert ack.text.startswith(words)
    old = agenda(bot)
    bot.says("Ben", "/meeting end")
    data = f"meeting.next:{bot.row(MeetingRow).id}"
    ack = bot.presses("Ben", data)
    assert ack is not None
    assert ack.text.startswith("D-1 is over")
    assert old.labels == []


def test_a_meeting_that_nobody_ends_ends_by_itself(bot: Moot) -> None:
    bot.says("Anna", "/meeting start Budget")
    bot.says("Anna", "/open")
    assert bot.last().text.splitlines()[1] == "• D-1 a meeting, until 22 Nov 2026 12:00 UTC"
    bot.restart(days=2)
    assert minutes(bot).splitlines()[1] == "1 person was there."


def test_a_meeting_outlives_a_restart(bot: Moot) -> None:
    bot.says("Anna", "/meeting start Budget")
    bot.taps("Ben", "Raise a hand")
    bot.restart(minutes=5)
    note(bot, "Ben", "Still here")
    bot.says("Anna", "/meeting end")
    assert "• Still here (Ben)" in minutes(bot)
    assert "1. Budget, 5 minutes" in minutes(bot)


def test_in_all_rooms_of_the_group(sqlite_house: str) -> None:
    platforms = [FakePlatform(keeps_taps_for=None), FakePlatform("matrix", keeps_taps_for=None)]
    there = ChatRef("matrix", "!room:example.org")
    with closing(Moot(sqlite_house, platforms)) as bot:
        enrol(bot, *PEOPLE)
        bot.says("Fay", "/join", there)
        bot.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats)")
        bot.says("Anna", "/meeting start Budget")
        bot.settle()
        bot.says("Anna", "/meeting end")
        bot.settle()
        assert any("📝 D-1, minutes" in text for text in bot.shows(there))


def test_minutes_of_a_stretch_of_time(bot: Moot) -> None:
    bot.says("Anna", "/minutes since yesterday")
    assert bot.last().text == "Nothing was entered in the register from 20 Nov 2026 to 21 Nov 2026."
    decide(bot, "One")
    bot.later(days=10)
    bot.says("Anna", "/meeting start Budget")
    note(bot, "Ben", "The books are closed")
    bot.says("Anna", "/meeting end")
    bot.says("Anna", "/minutes since 25 November")
    said_ = bot.seen("📝 Minutes")
    assert said_.text.splitlines() == [
        "📝 Minutes, 25 Nov 2026 to 1 Dec 2026",
        "• 1 Dec 2026: The books are closed (Ben)",
        "• 1 Dec 2026: D-2: minutes of a meeting, 2 people",
    ]
    bot.says("Anna", "/minutes")
    assert "• 21 Nov 2026: D-1 is adopted: One" in bot.seen("📝 Minutes").text
    assert len(bot.rows(EntryRow)) == 2
    for text in (
        "/minutes until 21 November",
        "/minutes since Nov 1 until 22 November",
        "/minutes desde 21 November hasta november",
    ):
        bot.says("Anna", text)
        assert bot.seen("📝 Minutes").text.splitlines()[1:] == ["• 21 Nov 2026: D-1 is adopted: One"], text
    bot.says("Anna", "/minutes since 22 November until 30 November")
    assert bot.last().text == "Nothing was entered in the register from 22 Nov 2026 to 30 Nov 2026."
    bot.says("Anna", "/minutes since 22 November until 21 November")
    assert bot.last().text.startswith("That ends before it begins.")
    bot.says("Anna", "/minutes since Fryday")
    assert "Fryday" in bot.last().text


def test_who_is_forgotten_is_in_no_meeting(bot: Moot) -> None:
    bot.says("Anna", "/meeting start Budget")
    for name in ("Ben", "Cleo"):
        bot.taps(name, "I am here")
    bot.taps("Ben", "Raise a hand")
    note(bot, "Ben", "a quagmire")
    bot.taps("Cleo", "Draw who facilitates")
    bot.says("Ben", "/forget me")
    bot.taps("Ben", "Forget me")
    bot.later(seconds=10)
    bot.later(minutes=11)
    assert bot.rows(MeetingNoteRow) == []
    assert len(bot.rows(AttendeeRow)) == 2
    assert bot.row(MeetingRow).pool_document == ""
    assert "Draw who facilitates" in agenda(bot).labels
    bot.says("Anna", "/meeting end")
    assert "quagmire" not in minutes(bot)


def test_what_was_decided_stands_in_full_on_paper(bot: Moot) -> None:
    text = "We buy a dishwasher, a quiet one, " + "and think about it once more, " * 4 + "in spring"
    bot.says("Anna", "/meeting start")
    decide(bot, text)
    bot.says("Anna", "/meeting end")
    assert text in document(bot)
    assert text not in minutes(bot)
    bot.says("Anna", "/minutes")
    assert text in bot.last().message.attachments[0].content.decode()
