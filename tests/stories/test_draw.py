"""A draw from its call to the last reserve."""

import re

from bot.verifying.draw import check
from models import DrawRow, TicketRow
from tests.support.moot import MakeMoot, Moot, enrol

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")


def called(bot: Moot, *people: str, text: str = "/draw facilitator") -> None:
    enrol(bot, *(people or PEOPLE))
    bot.says("Anna", text)


def order_in(bot: Moot, receipt: str) -> list[str]:
    """The names in drawn order, as the checker, which knows nothing of the bot, works them out."""
    names = {bot.person(name).label: name for name in bot.people}
    return [names[label] for label in check(receipt)]


def test_a_whole_draw(bot: Moot) -> None:
    called(bot)
    board = bot.seen("🎩")
    assert board.labels == ["Shake the hat", "Draw now"]
    assert "In the hat: Anna, Ben, Cleo, and Dana." in board.text
    assert "Nobody has shaken it yet." in board.text
    assert "I draw at 12:00:30" in board.text

    assert [bot.taps(name, "Shake the hat") for name in ("Cleo", "Anna")] == [ack for _, ack in bot.acks]
    assert [ack.text for _, ack in bot.acks] == ["You shook the hat: 1 of 4 have.", "You shook the hat: 2 of 4 have."]
    assert "Shaken by, in this order: Cleo and Anna." in board.text

    bot.later(seconds=30)
    assert board.labels == []
    order = order_in(bot, receipt := bot.receipt())
    result = bot.seen("🎲")
    assert f"• {order[0]}: will you serve?" in result.text
    assert f"Reserves, in this order: {order[1]}, {order[2]}, and {order[3]}." in result.text
    assert bot.asked() == [order[0]]
    assert [line for line in receipt.splitlines() if line.startswith("shake")] == ["shake tg:1003", "shake tg:1001"]

    assert answer(bot, order[0], "Decline") == "Noted. The seat passes to the next in order."
    assert f"• {order[0]} declined." in result.text
    assert f"{order[1]}, you are next in the published order for facilitator." in bot.last().text
    assert answer(bot, order[1], "Decline") == "Noted. The seat passes to the next in order."
    assert answer(bot, order[2], "Accept") == "Thank you. You serve as facilitator until 21 Feb 2027 12:00 UTC."
    assert f"• {order[2]} accepted." in bot.last().text
    assert bot.last().labels == result.labels == []
    assert [(t.place, t.answer) for t in sorted(bot.rows(TicketRow), key=lambda t: t.place or 0)] == [
        (1, "declined"),
        (2, "declined"),
        (3, "accepted"),
        (4, "reserve"),
    ]


def answer(bot: Moot, name: str, label: str) -> str:
    ack = bot.taps(name, label)
    assert ack is not None
    return ack.text


def test_what_was_posted_before_is_what_the_receipt_proves(bot: Moot) -> None:
    called(bot)
    posted = re.findall(r"[0-9a-f]{64}", bot.seen("🎩").text)
    bot.taps("Ben", "Shake the hat")
    bot.taps("Anna", "Draw now")
    revealed = re.findall(r"[0-9a-f]{64}", bot.seen("🎲").text)
    receipt = bot.receipt()
    assert f"pool-sha256: {posted[0]}" in receipt
    assert f"hat: {posted[1]}" in receipt
    assert f"secret: {revealed[0]}" in receipt
    assert f"chance: {revealed[1]}" in receipt


def test_it_is_drawn_as_soon_as_all_have_shaken(bot: Moot) -> None:
    called(bot, "Anna", "Ben")
    bot.taps("Anna", "Shake the hat")
    assert bot.row(DrawRow).state == "open"
    ack = bot.taps("Ben", "Shake the hat")
    assert ack is not None
    assert ack.text == "You shook the hat: 2 of 2 have."
    assert bot.row(DrawRow).state == "drawn"
    assert bot.last().text.startswith("🎲 D-1: drawn for facilitator")


def test_draw_now_draws_at_once(bot: Moot) -> None:
    called(bot)
    bot.taps("Dana", "Shake the hat")
    ack = bot.taps("Ben", "Draw now")
    assert ack is not None
    assert ack.text == "Drawing."
    assert "Shaken by, in this order: Dana." in bot.last().text


def test_whoever_called_may_draw_without_being_in_the_hat(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Cleo", "/draw facilitator")
    assert "Anna and Ben" in bot.last().text
    bot.taps("Cleo", "Draw now")
    assert bot.row(DrawRow).state == "drawn"


def test_nobody_shook(bot: Moot) -> None:
    called(bot)
    bot.later(seconds=30)
    assert "Nobody shook the hat, so the chance was mine alone." in bot.last().text
    draw = bot.row(DrawRow)
    receipt = bot.receipt()
    check(receipt)
    assert receipt.count(draw.secret.hex()) == 1
    chance = re.findall("chance: (.*)", receipt)[0]
    assert chance not in bot.seen("🎩").text, "what was posted before the draw was the chance itself"


def test_no_reserves_are_left(bot: Moot) -> None:
    called(bot, "Anna", "Ben")
    bot.taps("Anna", "Draw now")
    first, second = order_in(bot, bot.receipt())
    bot.taps(first, "Decline")
    bot.taps(second, "Decline")
    assert bot.last().text == (
        "D-1: nobody is left in the order who can be asked now, "
        "so the seat for facilitator stays empty. Put more names in with /join, then /draw again."
    )
    assert bot.last().labels == []


def test_several_seats(bot: Moot) -> None:
    called(bot, text="/draw note-taker 3")
    assert bot.last().text.startswith("🎩 D-1: lots for note-taker, 3 seats")
    bot.taps("Anna", "Draw now")
    order = order_in(bot, bot.receipt())
    assert bot.asked() == order[:3]
    bot.taps(order[1], "Decline")
    assert bot.asked() == [order[3]]
    bot.taps(order[0], "Decline", bot.seen("🎲"))
    assert "nobody is left in the order" in bot.last().text
    bot.taps(order[2], "Accept", bot.seen("🎲"))
    bot.taps(order[3], "Accept")
    assert [t.answer for t in sorted(bot.rows(TicketRow), key=lambda t: t.place or 0)] == [
        "declined",
        "declined",
        "accepted",
        "accepted",
    ]


def test_a_second_draw_names_the_first_and_the_reason(bot: Moot) -> None:
    called(bot)
    bot.taps("Anna", "Draw now")
    bot.says("Ben", "/draw  Facilitator because the first one moved away")
    assert "D-1 already drew lots for this role. Reason for drawing again: the first one moved away" in bot.last().text
    bot.taps("Ben", "Draw now")
    bot.says("Ben", "/draw facilitator")
    assert "D-2 already drew lots for this role. No reason was given for drawing again." in bot.last().text
    assert bot.receipt(draw="D-1") != bot.receipt(draw="D-2")


def test_a_second_call_while_the_first_is_open(bot: Moot) -> None:
    called(bot)
    bot.says("Ben", "/draw FACILITATOR")
    assert bot.last().text == "D-1 is already open for this role. Shake the hat there, or press Draw now."
    assert len(bot.rows(DrawRow)) == 1


def test_two_draws_at_once_have_unrelated_orders(moot: MakeMoot) -> None:
    people = [f"Person {n}" for n in range(40)]
    bot = moot()
    enrol(bot, "Anna", *people)
    for role in ("facilitator", "note-taker"):
        bot.says("Anna", f"/draw {role}")
    for each in [standing for standing in bot.room if "Shake the hat" in standing.labels]:
        bot.taps("Anna", "Shake the hat", each)
        bot.taps("Person 7", "Shake the hat", each)
    bot.later(seconds=30)
    first, second = order_in(bot, bot.receipt(draw="1")), order_in(bot, bot.receipt(draw="2"))
    assert sorted(first) == sorted(second) == sorted(["Anna", *people])
    in_the_same_place = sum(a == b for a, b in zip(first, second, strict=True))
    assert in_the_same_place < 6
    assert bot.rows(DrawRow)[0].secret != bot.rows(DrawRow)[1].secret


def test_long_roles_that_begin_alike_are_different_roles(bot: Moot) -> None:
    start = "keeper of the keys of the upper and the lower garden"
    called(bot, text=f"/draw {start}, north")
    bot.says("Ben", f"/draw {start}, south")
    assert bot.last().text.startswith("🎩 D-2: lots for keeper of the keys")
    assert "already drew lots" not in bot.last().text


def test_the_register_keeps_the_draw_and_each_answer(bot: Moot) -> None:
    called(bot, "Anna", "Ben")
    bot.taps("Anna", "Draw now")
    first, second = order_in(bot, bot.receipt())
    bot.taps(first, "Decline")
    bot.taps(second, "Accept")
    kinds = [re.findall('"kind":"([^"]*)"', entry.public)[0] for entry in bot.entries()]
    assert kinds == ["draw", "draw declined", "draw accepted", "mandate begins"]
