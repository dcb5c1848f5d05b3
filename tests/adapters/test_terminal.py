"""The terminal room knows which message is pressed: the newest with buttons that it has shown, or the one that is named."""

import asyncio

from adapters.terminal import TerminalAdapter
from bot.chat.action import Action
from bot.chat.adapter import Delivery
from bot.chat.incoming import ButtonTapped, KeyPressed
from bot.chat.message import Block, Button, Message, Text
from bot.chat.refs import ChatRef

ROOM, CLEOS = ChatRef("terminal", "rehearsal"), ChatRef("terminal", "dm:cleo")
BOARD = Message((), rows=((Button("Accept", "✅", Action("seat", ("1",))),),))


def room_with(*deliveries: Delivery) -> TerminalAdapter:
    terminal = TerminalAdapter(lambda _: None, lambda _: None, lambda name, _: name, run_mark="r")
    for delivery in deliveries:
        asyncio.run(terminal.deliver(delivery))
    return terminal


def pressed(terminal: TerminalAdapter, line: str) -> tuple[str | None, str]:
    received = terminal.read(line)
    assert received is not None
    assert isinstance(received.event, KeyPressed)
    return received.event.message_id, received.event.op


def test_a_number_names_the_board_and_what_put_it_up() -> None:
    """Who is quick presses before it is written down that the board stands: then the delivery's name tells which it is."""
    terminal = room_with(Delivery(ROOM, BOARD, op="one"), Delivery(ROOM, BOARD, op="two"), Delivery(ROOM, Message(()), op="said"))
    assert pressed(terminal, "ben: 1") == ("r-2", "two")


def test_a_board_without_buttons_gives_way_to_the_one_before() -> None:
    terminal = room_with(
        Delivery(ROOM, BOARD, op="one"), Delivery(ROOM, BOARD, op="two"), Delivery(ROOM, Message(()), op="edit", edits="r-2")
    )
    assert pressed(terminal, "ben: 1") == ("r-1", "one")


def test_each_private_chat_has_its_own_newest_board() -> None:
    terminal = room_with(Delivery(ROOM, BOARD, op="one"), Delivery(CLEOS, BOARD, op="two"))
    assert pressed(terminal, "cleo> 1") == ("r-2", "two")
    assert pressed(terminal, "cleo: 1") == ("r-1", "one")


def test_what_another_run_put_up_is_looked_up_by_the_bot() -> None:
    assert pressed(room_with(Delivery(ROOM, BOARD, op="edit", edits="older-1")), "ben: 1") == (None, "")


def board(words: str, label: str, number: int) -> Message:
    return Message((Block("paragraph", (Text(words),)),), rows=((Button(label, "✅", Action("seat", (f"{number}",))),),))


def test_an_older_board_is_pressed_by_the_name_of_its_button_or_by_its_number() -> None:
    """A digest, which has a button as well, takes the numbers; what stands above it can still be answered."""
    boards = [board("D-1 is asked", "Consent", 1), board("D-17: drawn", "Accept", 2), board("D-170, and D-17.", "Open now", 3)]
    terminal = room_with(*(Delivery(ROOM, each, op=f"{n}") for n, each in enumerate(boards)))
    assert pressed(terminal, "ben: 1") == ("r-3", "2")
    assert pressed(terminal, "ben: 1 D-1") == ("r-1", "0")
    assert pressed(terminal, "ben: 1 d-170") == ("r-3", "2")
    taps = {line: terminal.read(f"ben: {line}") for line in ("accept", "Consent", "consent D-1", "Consent D-17", "Open now")}
    data = {line: received.event.data for line, received in taps.items() if received and isinstance(received.event, ButtonTapped)}
    assert data == {"accept": "seat:2", "Consent": "seat:1", "consent D-1": "seat:1", "Open now": "seat:3"}


def test_words_that_are_no_button_are_talk() -> None:
    terminal = room_with(Delivery(ROOM, board("D-1 is asked", "Consent", 1), op="one"))
    for line in ("I consent", "1 D-2", "^ consent", "D-1"):
        received = terminal.read(f"ben: {line}")
        assert received is not None
        assert not isinstance(received.event, KeyPressed | ButtonTapped), line
