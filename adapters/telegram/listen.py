"""The getUpdates loop: fetch, read each alone, hand over, and only then confirm."""

import asyncio
import contextlib
import json
import logging
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from adapters.telegram.errors import seconds_of
from adapters.telegram.incoming import Reading, read
from adapters.telegram.origins import Me
from adapters.telegram.reading import number
from adapters.telegram.toasts import Toasts
from bot.chat.adapter import Batch, CannotListen, Fetch, Intake

log = logging.getLogger(__name__)
LIMIT = 100  # updates a call
WANTED = json.dumps(["message", "edited_message", "callback_query", "my_chat_member", "chat_member"])
PATIENCE = 10.0  # seconds beyond the long poll
GOODBYE = 2.0  # seconds for confirming what was taken, at the end
FIRST_LOOKS, CONFLICTS = 4, 2  # that many conflicts among the first looks: somebody else is listening


class Listener:
    """One run of listening; the offset lives no longer than it."""

    def __init__(self, bot: Bot, me: Me, intake: Intake, toasts: Toasts) -> None:
        self.bot, self.me, self.intake, self.toasts = bot, me, intake, toasts
        self.offset: int | None = None
        self.looks = self.conflicts = 0

    async def run(self) -> None:
        """Until cancelled. Raises CannotListen."""
        try:
            while True:
                await self.look()
        finally:
            await self.say_goodbye()

    async def look(self) -> None:
        fetch = await self.intake.fetch()
        self.looks += 1
        try:
            updates = await self.updates(int(fetch.wait), LIMIT)
        except TelegramError as fault:
            await asyncio.sleep(await self.note_failure(fault))
        else:
            await self.hand_over(fetch, updates)

    async def updates(self, wait: int, limit: int) -> list[Any]:
        """Raw, so that one malformed update cannot stop the others."""
        asked = {"timeout": wait, "limit": limit, "allowed_updates": WANTED}
        if self.offset is not None:
            asked["offset"] = self.offset
        found = await self.bot.request.post(f"{self.bot.base_url}/getUpdates?{urlencode(asked)}", read_timeout=wait + PATIENCE)
        if not isinstance(found, list) or (found and not ids_of(found)):
            raise NetworkError("no updates")
        return found

    async def hand_over(self, fetch: Fetch, updates: list[Any]) -> None:
        """What is being taken is taken to its end, even if listening is cancelled meanwhile."""
        readings = [read(update, self.me) for update in updates]
        await finish(self.take(fetch, readings))
        if ids := ids_of(updates):
            self.offset = max(ids) + 1

    async def take(self, fetch: Fetch, readings: list[Reading]) -> None:
        events = tuple(reading.received for reading in readings)
        answers = await self.intake.take(Batch(fetch, events, drained=len(readings) < LIMIT))
        for reading, answer in zip(readings, answers_in_order(readings, answers), strict=True):
            if reading.tap_id:
                self.toasts.show(reading.tap_id, answer.ack if answer else None)

    async def note_failure(self, fault: TelegramError) -> float:
        """Seconds to wait. Raises CannotListen when waiting does not help."""
        match fault:
            case InvalidToken():
                raise CannotListen("login refused")
            case Conflict():
                self.note_conflict(webhook="webhook" in fault.message.lower())
                return await self.intake.failed("conflict")
            case RetryAfter():
                return max(seconds_of(fault), await self.intake.failed("refused"))
            case _:
                return await self.intake.failed("unreachable")

    def note_conflict(self, webhook: bool) -> None:
        if webhook:
            raise CannotListen("webhook set")
        self.conflicts += 1
        if self.looks <= FIRST_LOOKS and self.conflicts >= CONFLICTS:
            raise CannotListen("taken")

    async def say_goodbye(self) -> None:
        """Confirm what was taken, so that the next start need not read it again; if it fails, nothing is lost."""
        if self.offset is not None:
            with contextlib.suppress(TelegramError, TimeoutError):
                await asyncio.wait_for(self.updates(0, 1), GOODBYE)


def ids_of(updates: list[Any]) -> list[int]:
    return [found for update in updates if (found := number(update, "update_id")) is not None]


def answers_in_order(readings: list[Reading], answers: Any) -> list[Any]:
    """Answers come by event, whatever order they were worked off in."""
    by_id = {answer.received.id: answer for answer in answers}
    return [by_id.get(reading.received.id) for reading in readings]


async def finish(work: Any) -> None:
    """Awaits the work to its end; a cancellation that comes meanwhile is raised afterwards."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=8)
        raise
