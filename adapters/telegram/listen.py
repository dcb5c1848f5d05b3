"""The getUpdates loop: fetch, read each alone, hand over, and only then confirm."""

import asyncio
import contextlib
import json
from collections.abc import Coroutine
from typing import Any, cast

from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.request import RequestData

from adapters.telegram.incoming import readings
from adapters.telegram.origins import Me
from adapters.telegram.reading import number
from adapters.telegram.request import Flooded, Form, MaybeSent, NoSuchPlace
from adapters.telegram.toasts import Toasts
from bot.chat.adapter import Batch, CannotListen, Fetch, Intake

LIMIT = 100  # updates a call
FULL = 2**20  # characters; Telegram ends a page at 4 MB, so that fewer than LIMIT updates need not be all there are
WANTED = json.dumps(["message", "edited_message", "callback_query", "my_chat_member", "chat_member"])
PATIENCE, LONGEST = 10.0, 60.0  # seconds: beyond the long poll, and in all
LAST_TAKE, GOODBYE = 5.0, 1.0  # seconds at the end: for what is being taken, and for confirming it
SETTLED, CONFLICTS = 3, 2  # that many conflicts before so many good looks in a row: somebody else was here first


class Listener:
    """One run of listening; the offset lives no longer than it."""

    def __init__(self, bot: Bot, me: Me, intake: Intake, toasts: Toasts) -> None:
        self.bot, self.me, self.intake, self.toasts = bot, me, intake, toasts
        self.offset: int | None = None
        self.good_looks = self.conflicts = 0

    async def run(self) -> None:
        """Until cancelled. Raises CannotListen."""
        try:
            while True:
                await self.look()
        finally:
            await self.say_goodbye()

    async def look(self) -> None:
        fetch = await self.intake.fetch()
        try:
            updates = await self.updates(int(fetch.wait), LIMIT)
        except TelegramError as fault:
            await asyncio.sleep(await self.note_failure(fault))
        else:
            self.good_looks += fetch.wait > 0  # one that need not wait meets no conflict
            await to_its_end(self.take(fetch, updates))

    async def updates(self, wait: int, limit: int) -> list[Any]:
        """Raw, so that one malformed update cannot stop the others."""
        confirmed = {} if self.offset is None else {"offset": self.offset}
        asked = cast(RequestData, Form(timeout=wait, limit=limit, allowed_updates=WANTED, **confirmed))
        patience = min(wait + PATIENCE, LONGEST)
        found = await self.bot.request.post(f"{self.bot.base_url}/getUpdates", asked, read_timeout=patience)
        if not isinstance(found, list) or (found and not ids_of(found)):
            raise MaybeSent("no updates")
        return found

    async def take(self, fetch: Fetch, updates: list[Any]) -> None:
        """Only what is committed is confirmed, with the next fetch."""
        found = [reading for update in updates for reading in readings(update, self.me)]
        events = tuple(reading.received for reading in found)
        size = sum(len(received.raw) for received in events)
        answers = await self.intake.take(Batch(fetch, events, drained=is_all(len(updates), size)))
        if ids := ids_of(updates):
            self.offset = max(ids) + 1
        acks = {answer.received.id: answer.ack for answer in answers}
        for reading in found:
            if reading.tap_id and reading.received.id in acks:  # what is only stored by now is answered later
                self.toasts.show(reading.tap_id, acks[reading.received.id])

    async def note_failure(self, fault: TelegramError) -> float:
        """Seconds to wait. Raises CannotListen when waiting does not help."""
        match fault:
            case InvalidToken() if not isinstance(fault, NoSuchPlace):
                raise CannotListen("login refused", "telegram")
            case Conflict():
                self.note_conflict(webhook="webhook" in fault.message.lower())
                return await self.intake.failed("conflict")
            case Flooded(seconds=seconds):
                return max(seconds, await self.intake.failed("refused"))
        return await self.intake.failed("unreachable")

    def note_conflict(self, webhook: bool) -> None:
        if webhook:
            raise CannotListen("webhook set", "telegram")
        if self.good_looks >= SETTLED:
            return
        self.good_looks, self.conflicts = 0, self.conflicts + 1
        if self.conflicts >= CONFLICTS:
            raise CannotListen("taken", "telegram")

    async def say_goodbye(self) -> None:
        """Confirm what was taken, so that the next start need not read it again; if it fails, nothing is lost."""
        if self.offset is not None:
            with contextlib.suppress(TelegramError, TimeoutError):
                await asyncio.wait_for(self.updates(0, 1), GOODBYE)


def ids_of(updates: list[Any]) -> list[int]:
    return [found for update in updates if (found := number(update, "update_id")) is not None]


def is_all(updates: int, size: int) -> bool:
    """Whether Telegram had no more for us when it answered."""
    return updates < LIMIT and size < FULL


async def to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Awaits the work; if cancelled meanwhile, gives it a last while before that is raised."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=LAST_TAKE)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
