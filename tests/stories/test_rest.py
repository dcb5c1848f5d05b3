"""A rest from draws, nudges and quorums: no reason is asked, and nobody waits for who rests."""

import json
from contextlib import closing

import pytest

from bot.chat import incoming as said
from models import ElectorateRow, MemberRow, TicketRow
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    """Four in the hat, on a platform that keeps presses, so that days may pass between two words of a story."""
    made = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    enrol(made, *PEOPLE)
    return made


def replies(bot: Moot, name: str, text: str) -> said.Ack | None:
    """To the newest message."""
    return bot.hand(said.Replied(bot.origin(name), text, said.Quoted(bot.last().id, mine=True)))


def drawn(bot: Moot) -> list[str]:
    """Lots for a facilitator are drawn at once; the names in the order that came out."""
    bot.says("Anna", "/draw facilitator")
    bot.taps("Anna", "Draw now")
    names = {number: name for name, number in bot.people.items()}
    tickets = sorted(bot.rows(TicketRow), key=lambda ticket: ticket.place or 0)
    return [names[ticket.label.removeprefix("tg:")] for ticket in tickets]


def answers(bot: Moot) -> dict[str, str]:
    """What has become of each ticket, by label."""
    return {ticket.label: ticket.answer for ticket in bot.rows(TicketRow)}


def test_a_rest_is_short_to_say_and_warm_to_hear(bot: Moot) -> None:
    bot.says("Ben", "/rest 3 weeks, my mother is ill")
    assert bot.last().text.splitlines() == [
        "Rest well, Ben. Until 12 Dec 2026 12:00 UTC no draw, nudge or quorum asks for you.",
        "/back whenever you like.",
    ]
    bot.says("Anna", "/who")
    assert bot.last().text == "In the hat, 4 names: Anna, Ben, Cleo, and Dana. 1 of them is resting."
    bot.says("Ben", "/back")
    assert bot.last().text == "Welcome back, Ben."
    bot.says("Ben", "/back")
    assert bot.last().text == "Ben, you are not resting, so there is nothing to end."
    assert not any("rest" in entry.public for entry in bot.entries())


def test_without_a_time_it_is_asked_for(bot: Moot) -> None:
    bot.says("Ben", "/rest")
    assert bot.last().text == "Ben, for how long? Reply with a time, such as 3 weeks or until Friday; a year at most."
    assert replies(bot, "Anna", "3 weeks") is None
    assert bot.last().text.startswith("Ben, for how long?")
    replies(bot, "Ben", "until Friday")
    assert bot.last().text.startswith("Rest well, Ben. Until 27 Nov 2026 23:59 UTC")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/rest a while", "I cannot read “a while” as a time. Say for example: /rest 3 weeks"),
        ("/rest 2 years", "A rest takes a year at most"),
        ("/rest until yesterday", "That time is already past."),
        ("/rest -1h", "I cannot read “-1h” as a time."),
        ("/rest " + "9" * 5000 + " days", "I cannot read"),
        ("/rest \u202e3\0", "There are characters in this that I cannot keep."),
    ],
)
def test_a_rest_that_cannot_be(bot: Moot, text: str, words: str) -> None:
    before = bot.dump()
    ack = bot.says("Ben", text)
    assert ack is not None
    assert ack.text.startswith(words), ack.text
    assert bot.dump() == before


def test_who_is_not_in_the_hat_needs_no_rest(bot: Moot) -> None:
    for command in ("/rest 3 weeks", "/rest", "/back"):
        ack = bot.says("Eli", command)
        assert ack is not None
        assert ack.text == "Your name is not in the hat, so nothing asks for you. /join puts it in when you like."


def test_a_draw_leaves_in_peace_who_rests(bot: Moot) -> None:
    bot.says("Ben", "/rest 3 weeks")
    bot.says("Cleo", "/rest 1 week")
    bot.says("Anna", "/draw facilitator")
    assert "In the hat: Anna and Dana. 2 are resting and left in peace." in bot.last().text
    ack = bot.taps("Ben", "Shake the hat")
    assert ack is not None
    assert ack.text == "You are resting, so your name is not in this hat. /back ends your rest, and you are in the next one."
    bot.says("Ben", "/back")
    assert "2 are resting" in bot.seen("🎩").text
    bot.taps("Anna", "Draw now")
    bot.later(days=8)
    bot.says("Anna", "/draw note-taker")
    assert "In the hat: Anna, Ben, Cleo, and Dana." in bot.last().text


def test_too_few_are_awake(bot: Moot) -> None:
    for name in PEOPLE[1:]:
        bot.says(name, "/rest 3 weeks")
    ack = bot.says("Anna", "/draw facilitator 2")
    assert ack is not None
    assert ack.text.startswith("Without those who are resting there is 1 name in the hat, so I cannot draw 2.")
    bot.says("Anna", "/rest 1 day")
    ack = bot.says("Anna", "/draw facilitator")
    assert ack is not None
    assert ack.text.startswith("Without those who are resting there are 0 names in the hat")


def test_a_reserve_who_rests_is_passed_over_and_keeps_the_place(bot: Moot) -> None:
    first, second, third, fourth = drawn(bot)
    bot.says(second, "/rest 1 week")
    before = len(bot.room)
    bot.taps(first, "Decline")
    assert bot.asked() == [third]
    assert len(bot.room) == before + 1
    bot.says(second, "/back")
    bot.taps(third, "Decline")
    assert bot.asked() == [second]
    bot.taps(second, "Decline")
    assert bot.asked() == [fourth]


def test_everybody_else_in_the_order_rests(bot: Moot) -> None:
    first, *others = drawn(bot)
    for name in others:
        bot.says(name, "/rest 1 week")
    bot.taps(first, "Decline")
    assert bot.last().text.startswith("D-1: nobody is left in the order who can be asked now")
    assert sorted(answers(bot).values()) == ["declined", "reserve", "reserve", "reserve"]


def test_a_seat_that_waits_for_an_answer_passes_on(bot: Moot) -> None:
    first, second, *_ = drawn(bot)
    bot.says(first, "/rest 2 weeks")
    assert "What was offered to you passes on: facilitator." in bot.seen("Rest well").text
    assert f"• {first} passed it on." in bot.seen("🎲").text
    assert bot.asked() == [second]
    ack = bot.taps(first, "Accept")
    assert ack is not None
    assert ack.text == "You have answered already. The seat's story stands in the result."
    bot.taps(second, "Accept")
    bot.says(second, "/rest 2 weeks")
    assert "passes on" not in bot.last().text
    assert f"• {second} accepted." in bot.seen("D-1: the seat passes on").text


def test_a_quorum_does_not_wait_for_who_rests(bot: Moot) -> None:
    bot.says("Dana", "/rest 3 weeks")
    bot.says("Cleo", "/rest 3 weeks")
    bot.says("Anna", "/propose We buy a dishwasher for 2 days quorum 100%")
    board = bot.seen("📜").text
    assert "Spoken: 0 of 4; 2 needed." in board
    assert "4 people may take part (2 resting, not counted for the quorum)" in board
    for name in PEOPLE:
        bot.taps(name, "Consent")
    assert "Spoken: 4 of 4; 2 needed." in bot.seen("📜").text
    bot.says("Anna", "/close")
    assert bot.seen("✅ D-1 is adopted")
    facts = json.loads(bot.entries()[-1].public)["facts"]
    assert (facts["electorate"]["size"], facts["electorate"]["resting"], facts["quorum"]) == (4, 2, 2)
    assert "Dana" not in bot.entries()[-1].public


def test_what_is_open_keeps_its_quorum(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher for 2 days quorum 100%")
    for name in ("Cleo", "Dana"):
        bot.says(name, "/rest 3 weeks")
    for name in ("Anna", "Ben"):
        bot.taps(name, "Consent")
    bot.says("Anna", "/close")
    assert bot.seen("⌛ D-1 has no result")


def test_a_number_stays_that_number_and_all_may_rest(bot: Moot) -> None:
    for name in PEOPLE:
        bot.says(name, "/rest 3 weeks")
    bot.says("Anna", "/propose We buy a dishwasher quorum 4")
    assert "Spoken: 0 of 4; 4 needed." in bot.seen("📜").text
    bot.says("Anna", "/propose We paint the stairs")
    assert "Spoken: 0 of 4; 1 needed." in bot.seen("📜 D-2").text


def test_polls_do_not_wait_either(bot: Moot) -> None:
    bot.says("Dana", "/rest 3 weeks")
    bot.says("Anna", "/poll Lunch? | Soup | Salad | quorum 60%")
    assert "0 of 4 have voted. A result needs 2. 1 of them is resting." in bot.last().text
    for name in ("Ben", "Dana"):
        bot.taps(name, "Soup")
    bot.says("Anna", "/close")
    facts = json.loads(bot.entries()[-1].public)["facts"]
    assert (facts["outcome"], facts["electors"], facts["resting"]) == ("counted", 4, 1)


def test_nobody_who_rests_is_nudged(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher for 4 days")
    bot.taps("Anna", "Consent")
    bot.says("Ben", "/rest 3 weeks")
    bot.says("Dana", "/rest 1 day")
    bot.later(days=3, seconds=1)
    assert "Not heard from yet: Cleo and Dana." in bot.seen("D-1 is open until").text.replace(", ", " and ")
    assert "Ben" not in bot.seen("D-1 is open until").text


def test_an_objector_who_rests_is_not_asked_again(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher for 4 days")
    bot.taps("Ben", "Object")
    bot.taps("Cleo", "Object")
    bot.says("Ben", "/rest 3 weeks")
    bot.later(hours=7)
    assert [text for text in bot.shows() if "has no reason yet" in text and text.startswith("Ben")] == []
    assert bot.seen("Cleo, your objection to D-1 has no reason yet.")


def test_it_ends_by_itself_while_the_bot_is_down(bot: Moot) -> None:
    bot.says("Ben", "/rest 1 week")
    before = len(bot.room)
    bot.restart(days=7, seconds=1)
    assert len(bot.room) == before
    bot.says("Anna", "/who")
    assert bot.last().text == "In the hat, 4 names: Anna, Ben, Cleo, and Dana."


def test_joining_while_resting_says_how_to_be_back(bot: Moot) -> None:
    bot.says("Ben", "/rest 1 week")
    bot.says("Ben", "/join")
    assert bot.last().text == (
        "Ben, your name is in the hat, and you are resting until 28 Nov 2026 12:00 UTC. /back ends your rest."
    )
    bot.says("Ben", "/leave")
    bot.says("Ben", "/join")
    assert bot.row(MemberRow, id=2).resting_until is None
    bot.says("Anna", "/who")
    assert "resting" not in bot.last().text


def test_both_databases_compare_instants_alike(house: str) -> None:
    with closing(Moot(house)) as bot:
        enrol(bot, *PEOPLE)
        bot.says("Ben", "/rest 1 hour")
        bot.says("Cleo", "/rest 2 hours")
        bot.later(hours=1)
        bot.says("Anna", "/draw facilitator")
        assert "1 is resting" in bot.last().text
        bot.says("Anna", "/propose We paint the stairs")
        assert bot.row(ElectorateRow).resting == 1
