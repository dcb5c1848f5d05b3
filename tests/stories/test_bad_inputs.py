"""Commands that make no sense get a clear answer, and nothing is changed by them."""

import pytest

from bot.chat.refs import ChatRef
from models import DrawRow
from tests.support.moot import Moot, enrol

ROLE = "For which role shall I draw? Say for example: draw facilitator, or draw note-taker 2."
SEATS = "The number of seats is a whole number, 1 or more. Say for example: draw note-taker 2."
UNREADABLE = "There are characters in this that I cannot keep. Please type it anew."
LONG = "This is too long for me. Please say it in fewer words."
LONG_ROLE = "This name for a role is too long. Use at most 64 characters."
NO_DRAW = "I know no such draw in this group. Its number stands in its announcement, such as D-17."


def three(seats: object) -> str:
    return f"There are 3 names in the hat, so I cannot draw {seats}. Ask for fewer seats, or let more people join."


def refused(bot: Moot, text: str) -> str:
    """The answer in the room; nothing else has changed."""
    before, messages = bot.dump(), len(bot.room)
    ack = bot.says("Anna", text)
    assert ack is not None
    assert ack.refused
    assert ack.text == bot.last().text
    assert bot.dump() == before
    assert len(bot.room) == messages + 1
    return ack.text


@pytest.fixture
def drawing(bot: Moot) -> Moot:
    enrol(bot, "Anna", "Ben", "Cleo")
    bot.says("Anna", "/draw facilitator")
    return bot


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/draw", ROLE),
        ("/draw  ", ROLE),
        ("/draw " + " " * 4096, ROLE),
        ("/draw \n\t\r", ROLE),
        ("/draw \u200b", ROLE),
        ("/draw \u202e\u2066\u3164", ROLE),
        ("/draw 2", ROLE),
        ("/draw 2 2", ROLE),
        ("/draw because nobody wants to", ROLE),
        ("/draw -1", ROLE),
        ("/draw 1/0", ROLE),
        ("/draw NaN", ROLE),
        ("/draw facilitator 0", SEATS),
        ("/draw facilitator -1", SEATS),
        ("/draw facilitator −1", SEATS),
        ("/draw facilitator -0", SEATS),
        ("/draw facilitator +1", SEATS),
        ("/draw facilitator NaN", SEATS),
        ("/draw facilitator sNaN", SEATS),
        ("/draw facilitator Infinity", SEATS),
        ("/draw facilitator -inf", SEATS),
        ("/draw facilitator 1/0", SEATS),
        ("/draw facilitator 1.5", SEATS),
        ("/draw facilitator 1,000", SEATS),
        ("/draw facilitator 1.000", SEATS),
        ("/draw facilitator 1_0", SEATS),
        ("/draw facilitator 1e3", SEATS),
        ("/draw facilitator 101%", SEATS),
        ("/draw facilitator 4", three(4)),
        ("/draw facilitator 31", three(31)),
        ("/draw facilitator 999999", three(999999)),
        ("/draw facilitator 9999999", SEATS),
        ("/draw facilitator " + "9" * 5000, SEATS),
        ("/draw facilitator 4 because there is much to do", three(4)),
        ("/draw facilitator\0", UNREADABLE),
        ("/draw \ud800", UNREADABLE),
        ("/draw facilitator because \udfff", UNREADABLE),
        ("/draw " + "x" * 65, LONG_ROLE),
        ("/draw " + "x" * 4096, LONG_ROLE),
        ("/draw " + "x" * 8001, LONG),
        ("/draw " + "line\n" * 10_000, LONG),
        ("/draw " + "x\n" * 3000, LONG_ROLE),
        ("/draw " + '"' * 1_000_000, LONG),
        ("/verify", NO_DRAW),
        ("/verify D-1", NO_DRAW),
        ("/verify D-0", NO_DRAW),
        ("/verify D--1", NO_DRAW),
        ("/verify D-" + "9" * 40, NO_DRAW),
        ("/verify D-１", NO_DRAW),
        ("/verify the last", NO_DRAW),
        ("/verify 1 2", NO_DRAW),
        ("/verify 1/0", NO_DRAW),
        ("/verify ' OR 1=1 --", NO_DRAW),
        ("/verify \0", UNREADABLE),
        ("/join \0", UNREADABLE),
        ("/help \ud800", UNREADABLE),
        ("/settings \0", UNREADABLE),
        ("/who " + "x" * 8001, LONG),
    ],
    ids=lambda text: ascii(text)[:40],
)
def test_a_bad_command(three_in: Moot, text: str, words: str) -> None:
    assert refused(three_in, text) == words


def test_the_hat_is_empty(bot: Moot) -> None:
    bot.says("Anna", "/who")
    assert refused(bot, "/draw facilitator") == "The hat is empty. Whoever is willing to serve says /join first."
    assert refused(bot, "/draw facilitator 31") == "The hat is empty. Whoever is willing to serve says /join first."


def test_one_in_the_hat(bot: Moot) -> None:
    enrol(bot, "Anna")
    assert refused(bot, "/draw facilitator 2").startswith("There is 1 name in the hat, so I cannot draw 2.")
    bot.says("Anna", "/draw facilitator 1")
    bot.taps("Anna", "Shake the hat")
    assert "• Anna: will you serve?" in bot.last().text
    assert "Reserves" not in bot.last().text


UNDERSTOOD = {
    "facilitator": ("facilitator", 1, ""),
    "  note   taker  2 ": ("note taker", 2, ""),
    "note-taker 2 because  Ben moved ": ("note-taker", 2, "Ben moved"),
    "minutes BECAUSE\nBen moved": ("minutes", 1, "Ben moved"),
    "keeper of 2 keys": ("keeper of 2 keys", 1, ""),
    "team 7 2": ("team 7", 2, ""),
    "café 2": ("café", 2, ""),
    "5 €uro": ("5 €uro", 1, ""),
    "facilitator ²": ("facilitator ²", 1, ""),
    "facilitator 0x1": ("facilitator 0x1", 1, ""),
    "cook because because of that": ("cook", 1, "because of that"),
    "because": ("because", 1, ""),
    "'; DROP TABLE draws; --": ("'; DROP TABLE draws; --", 1, ""),
}


def test_what_is_understood(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    for typed in UNDERSTOOD:
        bot.says("Anna", f"/draw {typed}")
    drawn = [(draw.role, draw.seats, draw.reason) for draw in bot.rows(DrawRow)]
    assert drawn == list(UNDERSTOOD.values())


# /verify


def test_verify_while_it_is_open(drawing: Moot) -> None:
    for text in ("/verify", "/verify D-1", "/verify 1"):
        assert refused(drawing, text) == "D-1 has not been drawn yet. It can be checked once it has."


def test_verify_takes_the_newest_or_the_one_that_is_named(drawing: Moot) -> None:
    drawing.taps("Anna", "Draw now")
    drawing.says("Anna", "/draw note-taker")
    drawing.taps("Anna", "Draw now")
    assert "role: note-taker" in drawing.receipt()
    for name in ("D-1", "d-1", "d1", "1", "01"):
        assert "role: facilitator" in drawing.receipt(draw=name)


def test_a_draw_of_another_group(drawing: Moot) -> None:
    other = ChatRef("telegram", "-555")
    for text in ("/join", "/draw facilitator", "/draw note-taker"):
        drawing.says("Dora", text, other)
        drawing.taps("Dora", "Draw now", chat=other) if text.startswith("/draw") else None
    assert refused(drawing, "/verify D-2") == NO_DRAW


def test_the_receipt_is_attached_with_its_pool_document(drawing: Moot) -> None:
    drawing.taps("Anna", "Draw now")
    drawing.says("Ben", "/verify D-1")
    files = {a.name: a.content.decode("ascii") for standing in drawing.room for a in standing.message.attachments}
    assert files.keys() == {"D-1-pool.txt", "D-1-receipt.txt"}
    assert files["D-1-receipt.txt"].startswith(files["D-1-pool.txt"] + "--- receipt\n")
    assert files["D-1-pool.txt"] == drawing.row(DrawRow).pool_document
