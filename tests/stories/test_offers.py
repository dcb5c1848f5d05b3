"""Seats that are offered: time to answer, silence, and the rest of a term that somebody gave back or lost."""

from contextlib import closing
from datetime import timedelta

import pytest

from bot.chat.adapter import Undeliverable
from bot.chat.refs import ChatRef
from models import MandateRow, TicketRow
from tests.stories.test_draw import order_in
from tests.support.moot import START, MakeMoot, Moot, enrol
from tests.support.room import FakePlatform
from tests.support.seats import seat

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    made = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    enrol(made, *PEOPLE)
    return made


def drawn(bot: Moot, text: str = "/draw treasurer") -> list[str]:
    """The order that came out."""
    bot.says("Anna", text)
    bot.taps("Anna", "Draw now")
    return order_in(bot, bot.receipt())


def told(ack: object) -> str:
    return getattr(ack, "text", "")


def answers(bot: Moot) -> list[str]:
    return [ticket.answer for ticket in sorted(bot.rows(TicketRow), key=lambda ticket: ticket.place or 0)]


def serves(bot: Moot) -> list[tuple[int, str, timedelta]]:
    """Mandates that run: whose, by which way, and how long from the start of the story."""
    return [(m.member_id, m.way, m.ends_at - START) for m in bot.rows(MandateRow, state="running")]


def test_an_offer_says_until_when_and_passes_on_after_that(bot: Moot) -> None:
    first, second, *_ = drawn(bot)
    assert "Please answer by 23 Nov 2026 12:00 UTC; after that the next in order is asked." in bot.seen("🎲").text
    bot.later(days=2, seconds=-1)
    assert answers(bot)[:2] == ["offered", "reserve"]
    bot.later(seconds=1)
    assert answers(bot)[:2] == ["silent", "offered"]
    assert bot.last().text.splitlines() == [
        "D-1: the seat passes on",
        f"No answer came from {first} in time. That is all right.",
        f"{second}, you are next in the published order for treasurer. Will you serve?",
        "Please answer by 25 Nov 2026 12:00 UTC; after that the next in order is asked.",
    ]
    assert f"• {first} did not answer in time, so the seat passed on." in bot.seen("🎲").text
    assert "Please answer by 25 Nov 2026 12:00 UTC" in bot.seen("🎲").text
    assert (
        told(bot.presses(first, "lots.accept:1"))
        == "The time to answer is over, so the seat has passed on. A later draw may find you again."
    )
    bot.taps(second, "Accept")
    assert len(serves(bot)) == 1
    assert "Please answer" not in bot.last().text


def test_the_time_is_the_roles_own(bot: Moot) -> None:
    bot.says("Anna", "/role treasurer answer within 6 hours")
    drawn(bot)
    bot.later(hours=6)
    assert answers(bot)[:2] == ["silent", "offered"]


def test_a_yes_that_comes_late_counts_while_the_seat_has_not_passed_on(bot: Moot) -> None:
    """Whoever pressed in time may be heard late, and nobody can tell the one from the other."""
    first, *_ = drawn(bot)
    bot.clock.advance(timedelta(days=2, minutes=5))
    assert told(bot.taps(first, "Accept")) == "Thank you. You serve as treasurer until 23 Feb 2027 12:05 UTC."
    bot.settle()
    assert answers(bot) == ["accepted", "reserve", "reserve", "reserve"]


def test_an_offer_of_before_there_was_a_time_to_answer_is_given_one(bot: Moot) -> None:
    first, *_ = drawn(bot)
    bot.change("UPDATE tickets SET answer_by = NULL")
    bot.restart(days=30)
    assert "Please answer by 23 Dec 2026 12:00 UTC" in bot.seen("🎲").text
    bot.later(days=2)
    assert answers(bot)[:2] == ["silent", "offered"]
    assert f"No answer came from {first} in time." in bot.last().text


def test_after_a_night_offline_one_message(bot: Moot) -> None:
    drawn(bot)
    before = len(bot.room)
    bot.restart(days=9)
    assert answers(bot)[:3] == ["silent", "offered", "reserve"]
    assert len(bot.room) == before + 1
    assert "Please answer by 2 Dec 2026 12:00 UTC" in bot.last().text


def test_who_may_have_pressed_in_vain_has_more_time(moot: MakeMoot) -> None:
    bot = moot(platforms=[FakePlatform()])
    enrol(bot, *PEOPLE)
    first, *_ = drawn(bot)
    bot.later(days=1, hours=20)
    bot.restart(hours=10)
    assert answers(bot)[0] == "offered"
    assert "Please answer by 24 Nov 2026 04:00 UTC" in bot.seen("🎲").text
    assert any("presses in that time did not all reach me" in text for text in bot.shows())
    bot.taps(first, "Accept", bot.seen("🎲"))
    assert answers(bot)[0] == "accepted"


def test_silence_to_the_end(bot: Moot) -> None:
    drawn(bot)
    for _ in PEOPLE:
        bot.later(days=2)
    assert answers(bot) == ["silent"] * 4
    assert bot.last().text.startswith("D-1: nobody is left in the order who can be asked now")
    before = len(bot.room)
    bot.later(days=30)
    assert len(bot.room) == before


def test_the_drawn_person_blocks_the_bot(moot: MakeMoot) -> None:
    """The question stands in the room, so that nothing depends on a private chat; unanswered, it passes on in its time."""
    platform = FakePlatform(keeps_taps_for=None)
    bot = moot(platforms=[platform])
    enrol(bot, *PEOPLE)
    first, second, *_ = drawn(bot)
    bot.says(first, "/help", ChatRef("telegram", "alone"), kind="private", chat_title="")
    platform.fail = lambda delivery: Undeliverable("closed") if delivery.chat != bot.group else None
    bot.says(first, "/help", ChatRef("telegram", "alone"), kind="private", chat_title="")
    assert bot.asked() == [first]
    bot.later(days=2)
    assert bot.asked() == [second]
    assert f"No answer came from {first} in time." in bot.last().text
    bot.taps(second, "Accept")
    assert len(serves(bot)) == 1


def test_of_two_people_with_one_name_the_right_one_is_asked(bot: Moot) -> None:
    bot.people["Anna "] = "2002"
    enrol(bot, "Anna ")
    drawn(bot, "/draw treasurer without Ben, Cleo and Dana")
    asked, other = sorted(("Anna (Telegram, 1001)", "Anna (Telegram, 2002)"), key=bot.seen("🎲").text.index)
    assert f"• {asked}: will you serve?\nReserves, in this order: {other}." in bot.seen("🎲").text
    bot.later(days=2)
    assert f"No answer came from {asked} in time. That is all right.\n{other}, you are next" in bot.last().text


def test_the_rest_of_a_term_goes_to_the_next_reserve(bot: Moot) -> None:
    first, second, *_ = drawn(bot)
    bot.taps(first, "Accept")
    bot.later(days=30)
    bot.says(first, "/resign")
    bot.settle()
    assert bot.last().text.splitlines()[:2] == [
        "D-1: the seat passes on",
        f"{second}, you are next in the published order for treasurer. Will you serve for the rest of the term, until 21 Feb 2027?",
    ]
    bot.taps(second, "Accept")
    number = int(bot.person(second).id) - 1000
    assert serves(bot) == [(number, "reserve", timedelta(days=92))]
    bot.later(days=62)
    assert serves(bot) == []


def test_a_rest_that_is_declined_stays_a_rest(bot: Moot) -> None:
    first, second, third, _ = drawn(bot)
    bot.taps(first, "Accept")
    bot.says(first, "/resign")
    bot.settle()
    bot.taps(second, "Decline")
    assert f"{third}, you are next in the published order for treasurer. Will you serve for the rest of the term" in bot.last().text
    bot.later(days=2)
    assert answers(bot) == ["accepted", "declined", "silent", "offered"]
    bot.later(days=2)
    assert bot.last().text.startswith("D-1: nobody is left in the order who can be asked now")


def test_a_rest_that_is_over_is_offered_to_nobody(bot: Moot) -> None:
    bot.says("Anna", "/role treasurer term 3 days")
    first, second, *_ = drawn(bot)
    bot.taps(first, "Accept")
    bot.later(days=2, hours=12)
    bot.says(first, "/resign")
    bot.settle()
    assert "Please answer by 24 Nov 2026 12:00 UTC" in bot.last().text
    bot.clock.advance(timedelta(hours=12))
    assert told(bot.taps(second, "Accept")).startswith("Thank you. But the term as treasurer whose rest this was is over")
    bot.settle()
    assert answers(bot) == ["accepted", "silent", "reserve", "reserve"]
    assert bot.last().text.startswith("D-2: the term of this seat is over by now, so nobody else is asked.")


def test_a_vacancy_that_is_noticed_when_its_term_is_over(bot: Moot) -> None:
    first, *_ = drawn(bot)
    bot.taps(first, "Accept")
    bot.says(first, "/resign")
    bot.restart(days=100)
    assert answers(bot) == ["accepted", "reserve", "reserve", "reserve"]
    assert bot.row(MandateRow).vacancy == "settled"


def test_whoever_may_not_serve_now_is_passed_over_and_keeps_the_place(bot: Moot) -> None:
    first, second, third, fourth = drawn(bot)
    bot.taps(first, "Accept")
    bot.says(second, "/leave treasurer")
    bot.says(third, "/rest 1 week")
    bot.says(first, "/resign")
    bot.settle()
    assert bot.asked() == [fourth]
    bot.says(second, "/join treasurer")
    bot.taps(fourth, "Decline")
    assert bot.asked() == [second]


def test_whoever_left_the_circle_since_is_passed_over(bot: Moot) -> None:
    bot.says("Anna", "/circle kitchen Anna, Ben, Cleo and Dana")
    first, second, third, fourth = drawn(bot, "/draw treasurer from kitchen")
    bot.taps(first, "Accept")
    bot.says("Anna", f"/circle kitchen {first}, {third} and {fourth}")
    bot.says(first, "/resign")
    bot.settle()
    assert bot.asked() == [third]
    bot.says("Anna", "/circle kitchen end")
    bot.taps(third, "Decline")
    assert bot.asked() == [second], "a circle that was given up keeps nobody out"


def test_whoever_came_back_lately_is_passed_over_where_that_takes_time(bot: Moot) -> None:
    first, second, third, _ = drawn(bot)
    bot.taps(first, "Accept")
    bot.later(days=20)
    bot.says(second, "/leave")
    bot.says(second, "/join")
    bot.says("Anna", "/settings tenure 2 weeks")
    bot.says(first, "/resign")
    bot.settle()
    assert bot.asked() == [third]


def test_nobody_is_left_for_the_rest(bot: Moot) -> None:
    first, *others = drawn(bot)
    bot.taps(first, "Accept")
    for name in others:
        bot.says(name, "/leave treasurer")
    bot.says(first, "/resign")
    bot.settle()
    assert bot.last().text.startswith("D-1: nobody is left in the order who can be asked now")


def test_a_seat_that_somebody_else_has_by_then_is_not_offered(bot: Moot) -> None:
    first, second, *_ = drawn(bot)
    bot.taps(first, "Accept")
    mandate = bot.row(MandateRow)
    bot.change("UPDATE mandates SET state = 'ended', ended_at = starts_at, ended_why = 'recalled', vacancy = 'open'")
    seat(bot, second, by_consent=True)
    bot.settle()
    assert bot.row(MandateRow, id=mandate.id).vacancy == "settled"
    assert answers(bot) == ["accepted", "reserve", "reserve", "reserve"]


def test_both_databases_tell_the_same_story(house: str) -> None:
    with closing(Moot(house, platforms=[FakePlatform(keeps_taps_for=None)])) as bot:
        enrol(bot, *PEOPLE)
        first, second, third, _ = drawn(bot)
        bot.later(days=2)
        bot.taps(second, "Accept")
        bot.says(second, "/resign")
        bot.restart(days=2)
        bot.later(days=2)
        assert answers(bot) == ["silent", "accepted", "silent", "offered"]
        assert "Will you serve for the rest of the term, until 23 Feb 2027?" in bot.last().text
        kinds = [entry.public.split('"kind":"')[1].split('"')[0] for entry in bot.entries()]
        assert kinds == ["draw", "draw silent", "draw accepted", "mandate begins", "mandate ends", "draw silent"]
        assert first != third
