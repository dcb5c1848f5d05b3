"""A rehearsal read from a pipe: a script is a demonstration and a test."""

import asyncio
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from bot.chat.adapter import Batch
from bot.chat.incoming import Received
from bot.clock import StillClock
from bot.rehearsal.room import Room, rehearsal

PATIENCE = timedelta(days=1)  # how far the clock is turned at the end, for what has been promised


def play(file: Path, lines: Iterable[str], seed: str | None) -> None:
    """Every line in turn, then whatever was promised."""
    with rehearsal(file, out, seed, still=True) as room:
        asyncio.run(play_all(room, lines))


def out(text: str) -> None:
    sys.stdout.write(text.encode("utf-8", "replace").decode() + "\n")
    sys.stdout.flush()


async def play_all(room: Room, lines: Iterable[str]) -> None:
    await room.app.sender.recover()
    await hand_in(room, room.terminal.greeting())
    for line in lines:
        if line.strip():
            out(line.rstrip())
        await hand_in(room, room.terminal.read(line))
    await keep_promises(room)


async def hand_in(room: Room, received: Received | None) -> None:
    intake = room.app.intakes[room.terminal.platform]
    for answer in await intake.take(Batch(await intake.fetch(), (received,) if received else (), drained=True)):
        room.terminal.answer(answer)
    await room.app.settle()


async def keep_promises(room: Room) -> None:
    """Turn the clock to each deadline that is near, so that what was announced happens."""
    assert isinstance(room.clock, StillClock)
    end = room.clock.now() + PATIENCE
    while (due := room.app.horizon.next_due) is not None and due <= end:
        room.clock.advance(max(due - room.clock.now(), timedelta(seconds=1)))
        await hand_in(room, None)
