"""The terminal room knows which message a number presses: the newest with buttons that it has shown."""

import asyncio

from adapters.terminal import TerminalAdapter
from bot.chat.action import Action
from bot.chat.adapter import Delivery
from bot.chat.incoming import KeyPressed
from bot.chat.message import Button, Message
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
