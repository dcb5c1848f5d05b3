"""Native polls (MSC3381) beside a board: answers are encrypted where reactions are not; the board stays what is edited.

A poll cannot be changed once somebody has answered, so other answers mean another poll, and the old one is ended.
"""

import logging
from dataclasses import replace

from adapters.matrix import render
from adapters.matrix.errors import TROUBLE, while_sending
from adapters.matrix.live import Companion, Live
from adapters.matrix.lookup import opened
from adapters.matrix.memory import BOARD, Known
from adapters.matrix.parsing import Event, branch, branches, name, words
from adapters.matrix.rooms import Room
from adapters.matrix.sending import send
from adapters.matrix.web import related
from bot.chat.adapter import Delivery, OutcomeUnknown, TryLater, Undeliverable
from bot.chat.message import Message, plain

log = logging.getLogger(__name__)
START, END = "org.matrix.msc3381.poll.start", "org.matrix.msc3381.poll.end"
TEXT = "org.matrix.msc1767.text"
UNDISCLOSED = "org.matrix.msc3381.poll.undisclosed"  # the board shows the tally, if there is one to be shown
MOST_ANSWERS, LONGEST = 20, 340  # answers that clients take; characters of a question
SEARCHED = "100"  # of the latest events beside a board


def wanted(said: Message, room: Room) -> bool:
    """Whether these buttons are shown as a native poll here."""
    shown = said.poll == "yes" or (said.poll == "if encrypted" and room.encrypted)
    return shown and 2 <= len(said.buttons) <= MOST_ANSWERS and not any(button.private for button in said.buttons)


async def keep(live: Live, room: Room, delivery: Delivery, board: str) -> bool:
    """One poll with today's answers stands beside the board, or none; says whether that is news.

    Whatever fails is tried again with the board.
    """
    old = await companion(live, room, board, delivery.thread)
    new = answers(delivery.message) if wanted(delivery.message, room) else ()
    if new == (old.answers if old is not None else ()):
        return False
    try:
        if old is not None:
            await end(live, room, delivery, board, old.event_id)
        if new:
            live.polls[board] = Companion(await start(live, room, delivery, board), new)
    except TryLater:
        raise OutcomeUnknown(repeatable=True) from None
    except Undeliverable:
        log.info("a poll was refused")  # a typed number works all the same
    return True


def answers(said: Message) -> tuple[tuple[str, str], ...]:
    return tuple((button.action.packed, button.face) for button in said.buttons)


async def start(live: Live, room: Room, delivery: Delivery, board: str) -> str:
    content = start_of(delivery.message) | {BOARD: board}
    event_id = await send(live, room, START, beside(content, board, delivery.thread), f"{delivery.op}-p")
    live.memory.put(event_id, Known(live.me, thread=delivery.thread, board=board))
    return event_id


def start_of(said: Message) -> Event:
    question = plain(said).partition("\n")[0][:LONGEST]
    offered = [{"id": packed, TEXT: face} for packed, face in answers(said)]
    return {
        START: {"question": {TEXT: question}, "kind": UNDISCLOSED, "max_selections": 1, "answers": offered},
        TEXT: render.plain_body(said),
        "m.mentions": {},
    }


def beside(content: Event, board: str, thread: str | None) -> Event:
    if thread:
        return render.placed(content, thread, None)
    return content | {"m.relates_to": {"rel_type": "m.reference", "event_id": board}}


async def end(live: Live, room: Room, delivery: Delivery, board: str, poll: str) -> None:
    relation = {"rel_type": "m.reference", "event_id": poll}
    content = {END: {}, TEXT: plain(delivery.message), "m.relates_to": relation, "m.mentions": {}}
    await send(live, room, END, content, f"{delivery.op}-e")
    live.polls.pop(board, None)
    live.memory.put(poll, replace(live.memory(poll) or Known(live.me), gone=True))


async def companion(live: Live, room: Room, board: str, thread: str | None) -> Companion | None:
    """The poll that stands beside the board: remembered, or looked up among what refers to it."""
    if board in live.known_boards:
        return live.polls.get(board)
    path = related(room.id, thread or board, "m.thread" if thread else "m.reference")
    try:
        page = await live.server.get(path, {"limit": SEARCHED})
    except TROUBLE as trouble:
        raise while_sending(trouble) from None
    mine = [opened(live, room, event) for event in branches(page, "chunk") if event.get("sender") == live.me]
    found = next((event for event in mine if branch(event, "content").get(BOARD) == board), None)
    if found is not None:
        live.polls[board] = companion_of(found)
    live.known_boards.add(board)
    return live.polls.get(board)


def companion_of(event: Event) -> Companion:
    offered = branches(event, "content", START, "answers")
    known = tuple((words(each.get("id")), words(each.get(TEXT))) for each in offered)
    return Companion(name(event.get("event_id")), known)
