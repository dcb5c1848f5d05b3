"""Into the hat and out of it."""

from bot.chat import incoming as said
from models import MemberRow, TicketRow
from tests.stories.test_draw import order_in
from tests.support.moot import Moot, enrol


def test_joining_and_leaving_twice(bot: Moot) -> None:
    told = []
    for text in ("/join", "/join", "/leave", "/leave", "/join"):
        bot.says("Anna", text)
        told.append(bot.last().text)
    assert told == [
        "Anna is in the hat. It holds 1 name.",
        "Anna, your name is in the hat already.",
        "Anna's name is out of the hat. It holds 0 names.",
        "Anna, your name is not in the hat. /join puts it in.",
        "Anna is in the hat. It holds 1 name.",
    ]
    assert len(bot.rows(MemberRow)) == 1


def test_the_button_says_whether_it_changed_anything(bot: Moot) -> None:
    bot.says("Anna", "/start")
    acks = [bot.taps("Ben", "Count me in") for _ in range(2)]
    assert acks == [said.Ack("Your name is in the hat."), said.Ack("Your name is in the hat already.")]
    assert "In the hat: Ben." in bot.last().text
    bot.says("Ben", "/leave")
    assert "The hat is empty so far." in bot.seen("I am Folkmoot").text


def test_who_is_in(bot: Moot) -> None:
    bot.says("Anna", "/who")
    assert bot.last().text == "The hat is empty. /join puts your name in."
    enrol(bot, "Ben", "Anna")
    bot.says("Anna", "/who")
    assert bot.last().text == "In the hat, 2 names: Ben and Anna."


def test_a_name_is_shown_as_it_is_today(bot: Moot) -> None:
    enrol(bot, "Anna")
    bot.people["Anna-Maria"] = bot.people["Anna"]
    bot.says("Anna-Maria", "/who")
    assert bot.last().text == "In the hat, 1 name: Anna."
    bot.says("Anna-Maria", "/join")
    bot.says("Ben", "/who")
    assert bot.last().text == "In the hat, 1 name: Anna-Maria."


def test_somebody_in_the_pool_leaves_the_chat_and_moves_nobody_else(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben", "Cleo", "Dana")
    bot.says("Anna", "/draw facilitator")
    bot.taps("Anna", "Draw now")
    order = order_in(bot, bot.receipt())
    bot.walks_out(order[1])
    bot.walks_out(order[1])
    bot.taps(order[0], "Decline")
    assert bot.asked() == [order[2]]
    assert order_in(bot, bot.receipt()) == order
    assert f"• {order[1]} has left." in bot.seen("🎲").text
    assert f"Reserves, in this order: {order[3]}." in bot.seen("🎲").text


def test_somebody_leaves_between_the_freeze_and_the_draw(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben", "Cleo")
    bot.says("Dana", "/draw facilitator 3")
    board = bot.last()
    bot.walks_out("Ben")
    bot.later(seconds=30)
    order = order_in(bot, bot.receipt())
    assert bot.asked() == [name for name in order if name != "Ben"]
    assert "• Ben has left." in bot.seen("🎲").text
    assert "Anna, Ben, and Cleo" in board.text
    assert "Nobody else is left to ask." in bot.seen("🎲").text


def test_everybody_has_left(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator")
    bot.walks_out("Anna")
    bot.walks_out("Ben")
    bot.later(seconds=30)
    assert bot.last().labels == []
    assert "Nobody else is left to ask." in bot.last().text


def test_who_leaves_while_asked_passes_the_seat_on(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben", "Cleo")
    bot.says("Anna", "/draw facilitator")
    bot.taps("Anna", "Draw now")
    order = order_in(bot, bot.receipt())
    bot.walks_out(order[0])
    assert f"• {order[0]} has left." in bot.seen("🎲").text
    assert f"{order[1]}, you are next in the published order" in bot.last().text
    ack = bot.presses(order[0], "lots.accept:1")
    assert ack is not None
    assert ack.refused
    bot.taps(order[1], "Accept")
    assert bot.row(TicketRow, answer="accepted").place == 2


def test_who_has_served_and_leaves_keeps_the_answer(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator")
    bot.taps("Anna", "Draw now")
    (asked,) = bot.asked()
    bot.taps(asked, "Accept")
    bot.walks_out(asked)
    assert f"• {asked} accepted." in bot.seen("🎲").text


def test_who_takes_the_name_out_is_passed_over(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben", "Cleo")
    bot.says("Anna", "/draw facilitator")
    bot.taps("Anna", "Draw now")
    order = order_in(bot, bot.receipt())
    bot.says(order[1], "/leave")
    bot.taps(order[0], "Decline")
    assert bot.asked() == [order[2]]
