"""Polls as a group meets them: asked, answered, changed, closed."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.chat.incoming import ButtonTapped
from models import BallotRow, MarkRow, PollRow
from tests.support.moot import Moot, all_tap, enrol


@pytest.fixture
def people(bot: Moot) -> Moot:
    enrol(bot, "Anna", "Ben", "Cleo", "Dana")
    return bot


def result(bot: Moot) -> str:
    bot.settle()
    return next(text for text in reversed(bot.shows()) if "the result" in text.split("\n")[0])


def accounts(bot: Moot) -> str:
    return next(line for line in result(bot).split("\n") if "received" in line)


def test_a_poll_from_question_to_result(people: Moot) -> None:
    people.says("Anna", "/poll Where do we meet? | The park | The library, for 2 minutes")
    assert people.seen("📊 D-1").labels == ["The park", "The library"]
    ack = people.taps("Ben", "The park")
    assert ack is not None
    assert ack.text == "Your ballot: The park."
    people.taps("Anna", "The library")
    people.taps("Cleo", "The library")
    assert "2. The library  ▰▰▰▰▰▰▰▰ 2 (Anna and Cleo)" in people.seen("📊 D-1: ").text
    assert "3 of 4 have voted." in people.seen("📊 D-1: ").text
    people.later(minutes=2)
    assert "Chosen: The library." in result(people)
    assert accounts(people).startswith("3 answers received = 3 counted + 0 replaced or taken back + 0 refused. 3 of 4 voted.")
    assert "Closed. The result stands below." in people.seen("📊 D-1: ").text
    assert people.seen("📊 D-1: ").labels == []


def test_no_options_are_yes_and_no(people: Moot) -> None:
    people.says("Anna", "/poll Shall we buy a boat? until tomorrow 18:00")
    assert people.last().labels == ["Yes", "No"]
    assert people.last().text.startswith("📊 D-1: Shall we buy a boat?\n")
    assert "Open until 22 Nov 2026 18:00 UTC." in people.last().text


def test_changing_ones_mind_counts_once(people: Moot) -> None:
    people.says("Anna", "/poll Lunch? | Soup | Salad")
    for label in ("Soup", "Salad", "Salad", "Soup"):
        people.taps("Ben", label)
    people.taps("Cleo", "Soup")
    people.taps("Cleo", "Soup")
    people.says("Anna", "/close")
    assert accounts(people) == ("4 answers received = 1 counted + 3 replaced or taken back + 0 refused. 1 of 4 voted."), (
        "Ben gave three answers and took one back; Cleo took hers back"
    )
    assert len(people.rows(BallotRow)) == len(people.rows(MarkRow)) == 1


def test_who_comes_late_is_refused_and_accounted_for(people: Moot) -> None:
    people.says("Anna", "/poll Lunch? | Soup | Salad")
    enrol(people, "Eli")
    ack = people.taps("Eli", "Soup")
    assert ack is not None
    assert ack.refused
    assert ack.text == "You were not in the hat when D-1 was opened, so you cannot vote in it. /join counts you in for the next."
    people.taps("Anna", "Soup")
    people.says("Anna", "/close")
    assert accounts(people).startswith("2 answers received = 1 counted + 0 replaced or taken back + 1 refused. 1 of 4 voted.")
    late = people.presses("Ben", "polls.mark:1:1")
    assert late is not None
    assert late.text == "D-1 is closed. Its result stands below it."


def test_several_up_to_a_limit(people: Moot) -> None:
    people.says("Anna", "/poll Cakes? | Apple | Plum | Nut | max 2")
    people.taps("Ben", "Apple")
    people.taps("Ben", "Nut")
    ack = people.taps("Ben", "Plum")
    assert ack is not None
    assert ack.text == "You can choose at most 2. Press one of yours again to take it back."
    people.taps("Ben", "Apple")
    people.taps("Ben", "Plum")
    people.says("Cleo", "/vote 2, 3")
    people.says("Dana", "/vote D-1 plum")
    people.says("Anna", "/close D-1")
    assert "Chosen: Plum." in result(people)
    assert "(Ben, Cleo, and Dana)" in result(people)


def test_hidden_until_it_closes(people: Moot) -> None:
    people.says("Anna", "/poll Lunch? | Soup | Salad | hidden until close")
    people.taps("Ben", "Soup")
    board = people.seen("📊 D-1").text
    assert "▰" not in board
    assert "Ben" not in board
    assert "1 of 4 have voted." in board
    people.says("Anna", "/close")
    assert "1. Soup  ▰▰▰▰▰▰▰▰ 1 (Ben)" in result(people)


def test_roll_only_says_who_voted_and_not_what(people: Moot) -> None:
    people.says("Anna", "/poll Lunch? | Soup | Salad | roll only")
    people.taps("Ben", "Soup")
    assert "1 of 4 have voted. So far: Ben." in people.seen("📊 D-1").text
    people.says("Anna", "/close")
    assert "1. Soup  ▰▰▰▰▰▰▰▰ 1\n" in result(people)
    assert "Ben" not in result(people)


def test_a_quorum_that_is_missed_decides_nothing(people: Moot) -> None:
    people.says("Anna", "/poll Lunch? | Soup | Salad | quorum 75%, for 1 minute")
    people.taps("Ben", "Soup")
    people.later(minutes=1)
    assert "1 voted, and a result needs 3. Nothing is decided." in result(people)


def test_options_are_added_by_electors(people: Moot) -> None:
    people.says("Anna", "/poll Name? | Alder | open to additions")
    people.taps("Ben", "Alder")
    people.says("Cleo", "/option D-1 Birch")
    assert people.last().text == "D-1 has one more option, number 2: Birch"
    assert people.seen("📊 D-1: ").labels == ["Alder", "Birch"]
    for said, answer in (
        ("/option D-1 birch", "Two options read the same to me: “Birch” and “birch”."),
        ("/option D-1", "There is an option without words"),
        ("/option D-7 Oak", "I know no such poll in this group."),
    ):
        people.says("Dana", said)
        assert people.last().text.startswith(answer)
    people.says("Fay", "/option D-1 Oak")
    assert people.last().text.startswith("You were not in the hat")
    people.taps("Dana", "Birch")
    assert [row.voted for row in people.rows(PollRow)] == [2]


def test_only_the_opener_and_the_facilitator_close(people: Moot) -> None:
    people.says("Anna", "/poll Lunch? | Soup | Salad")
    people.says("Ben", "/close D-1")
    assert people.last().text.startswith("Only whoever asked D-1, or the facilitator, can do this.")
    people.says("Anna", "/extend D-1 2 days")
    assert people.last().text == "D-1 is open until 26 Nov 2026 12:00 UTC now."
    people.says("Anna", "/extend D-1 until 23 Nov 18:00")
    assert people.last().text.startswith("That is no later than it ends already.")
    people.says("Anna", "/extend D-1 1 day")
    people.says("Anna", "/extend D-1 1 day")
    assert people.last().text.startswith("D-1 was extended 2 times, which is enough.")
    people.says("Anna", "/withdraw D-1")
    assert people.last().text == "Anna withdrew D-1. Nothing was counted."
    assert "Withdrawn. Nothing was counted." in people.seen("📊 D-1: ").text


def test_the_same_again_for_whoever_is_there_now(people: Moot) -> None:
    people.says("Anna", "/poll Lunch? | Soup | Salad | method: dots | for 1 day")
    people.says("Anna", "/close")
    result(people)
    enrol(people, "Eli")
    people.taps("Ben", "Ask again")
    people.settle()
    board = people.seen("📊 D-2: Lunch?").text
    assert "D-1 asked this before." in board
    assert "0 of 5 have voted." in board
    assert "Open until 22 Nov 2026 12:00 UTC." in board
    people.says("Ben", "/poll again D-1")
    assert people.last().text.startswith("📊 D-3: Lunch?")


def test_polls_lists_what_is_open(people: Moot) -> None:
    people.says("Ben", "/polls")
    assert people.last().text == "No poll is open. /poll and a question opens one."
    people.says("Anna", "/poll Lunch? | Soup | Salad")
    people.says("Anna", "/poll Boat?")
    people.taps("Ben", "Yes")
    people.says("Ben", "/polls")
    assert people.last().text.split("\n") == [
        "Open polls",
        "• D-1: Lunch? (you have not answered; open until 24 Nov 2026 12:00 UTC)",
        "• D-2: Boat? (you have answered; open until 24 Nov 2026 12:00 UTC)",
    ]


def test_thirty_options_fit(people: Moot) -> None:
    options = [f"{n} {'long name ' * 9}"[:100].strip() for n in range(1, 31)]
    people.says("Anna", "/poll Which? | " + " | ".join(options) + " | method: several")
    board = people.seen("📊 D-1")
    assert board.labels == options
    assert len({button.emoji for button in board.message.buttons}) == 30
    for name in ("Ben", "Cleo"):
        people.taps(name, options[29])
    assert re.search(r"30\. 30 long name .*…  2 \(Ben and Cleo\)", people.seen("📊 D-1: ").text)
    assert "30 of" not in people.seen("📊 D-1: ").text
    assert not people.seen("📊 D-1: ").text.endswith("…"), "it fits into one message"
    people.says("Anna", "/close")
    assert f"Chosen: {options[29]}." in result(people)
    picture = people.last().message.attachments[0]
    assert (picture.name, picture.content[:4]) == ("D-1.png", b"\x89PNG")


def test_names_and_options_with_markup_rtl_and_emoji(bot: Moot) -> None:
    enrol(bot, "<b>Ann_a*", "דנה\u202e", "👨‍👩‍👧", "Ben")
    bot.says("Ben", "/poll <i>Who?</i> | *bold* | כן | 👍🏽 yes")
    assert bot.last().labels == ["*bold*", "\u2068כן\u2069", "👍🏽 yes"]
    all_tap(bot, ["<b>Ann_a*", "דנה\u202e", "👨‍👩‍👧"], "👍🏽 yes")
    bot.says("Ben", "/close")
    assert "(<b>Ann_a*, \u2068דנה\u2069, and 👨‍👩‍👧)" in result(bot)


def test_a_poll_that_ended_while_the_bot_was_down(people: Moot) -> None:
    people.says("Anna", "/poll Lunch? | Soup | Salad | for 1 minute")
    people.taps("Ben", "Soup")
    people.restart(seconds=100)
    assert "Chosen: Soup." in result(people)
    assert [row.state for row in people.rows(PollRow)] == ["closed"]
    people.restart(hours=1)
    assert len([text for text in people.shows() if "the result" in text]) == 1


def test_presses_lost_in_a_gap_get_more_time(people: Moot) -> None:
    people.says("Anna", "/poll Lunch? | Soup | Salad | for 1 minute")
    people.restart(minutes=30)
    assert [row.state for row in people.rows(PollRow)] == ["open"]
    assert any(text.startswith("I was away from") for text in people.shows())
    people.taps("Ben", "Soup")
    for _ in range(15):
        people.later(minutes=2)
    assert "Chosen: Soup." in result(people)


def test_everybody_of_two_hundred_is_answered_and_the_board_rests(bot: Moot) -> None:
    names = [f"P{n}" for n in range(200)]
    enrol(bot, *names)
    bot.says("P0", "/poll Lunch? | Soup | Salad")
    before = len(bot.platforms[0].edits())
    acks = all_tap(bot, names[:150], "Soup")
    assert [ack.text for ack in acks if ack] == ["Your ballot: Soup."] * 150
    assert len(bot.platforms[0].edits()) - before <= 3
    assert "150 of 200 have voted." in bot.seen("📊 D-1: ").text
    bot.says("P0", "/close")
    bot.settle()
    files = [file for standing in bot.room for file in standing.message.attachments]
    lines = next(file for file in files if file.name == "D-1-ballots.txt").content.decode().splitlines()
    assert len(lines) == 150
    assert lines[0] == "P0: Soup"


def test_a_tap_costs_the_same_with_few_and_with_many_ballots(bot: Moot) -> None:
    names = [f"P{n}" for n in range(120)]
    enrol(bot, *names)
    bot.says("P0", "/poll Lunch? | Soup | Salad")
    bot.taps("P0", "Soup")
    few = statements(bot, "P1")
    all_tap(bot, names[2:119], "Salad")
    assert statements(bot, "P119") == few


def statements(bot: Moot, name: str) -> int:
    """How much is asked of the database to answer this person's press."""
    asked: list[str] = []
    press = bot.received(ButtonTapped(bot.origin(name), bot.button("Soup")))
    event.listen(bot.database.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    bot.hear(press)
    return len(asked)


def test_it_is_entered_in_the_register(people: Moot) -> None:
    people.says("Anna", "/poll Lunch? | Soup | Salad")
    people.taps("Ben", "Soup")
    people.says("Anna", "/close")
    facts = json.loads(people.entries()[-1].public)["facts"]
    assert facts["poll"] == "D-1"
    assert facts["winners"] == [1]
    assert facts["received"] == facts["counted"] + facts["replaced"] + facts["refused"]
    assert "Soup" not in people.entries()[-1].public, "what people wrote can be forgotten"
    assert timedelta(days=3) == people.row(PollRow).closes_at - people.row(PollRow).opened_at
