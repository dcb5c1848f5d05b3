"""Short answers to presses: sent beside the listening, a bounded number at a time; one that is lost is lost."""

import asyncio
import logging
from typing import cast

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import RequestData

from adapters.telegram.render import sound
from adapters.telegram.request import Form
from bot.chat.incoming import Ack

log = logging.getLogger(__name__)
AT_ONCE = 96  # of the connections that there may be
MOST = 2_000  # answers that may wait; beyond, presses go unanswered
TOAST = 60  # characters; longer refusals are shown until they are closed
LONGEST = 200  # characters that Telegram takes


class Toasts:
    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.room = asyncio.Semaphore(AT_ONCE)
        self.under_way: set[asyncio.Task[None]] = set()

    def show(self, tap_id: str, ack: Ack | None) -> None:
        """Every press is answered, if only to stop its waiting sign."""
        if len(self.under_way) >= MOST:
            return
        task = asyncio.create_task(self.answer(tap_id, ack))
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)

    async def answer(self, tap_id: str, ack: Ack | None) -> None:
        words = shortened(sound(ack.text)) if ack else None
        alert = bool(ack and ack.refused and len(ack.text) > TOAST)
        async with self.room:
            try:
                await self.bot.request.post(f"{self.bot.base_url}/answerCallbackQuery", answer_form(tap_id, words, alert))
            except TelegramError as fault:
                log.info("a press was not answered", extra={"fault": type(fault).__name__})

    async def finish(self, seconds: float) -> None:
        """Give those under way so much time, then let them go."""
        if self.under_way:
            await asyncio.wait(self.under_way, timeout=seconds)
        for task in self.under_way:
            task.cancel()
        await asyncio.gather(*self.under_way, return_exceptions=True)


def answer_form(tap_id: str, words: str | None, alert: bool) -> RequestData:
    """As `Bot.answer_callback_query` would send it, without its many steps."""
    shown = ({"text": words} if words else {}) | ({"show_alert": "true"} if alert else {})
    return cast(RequestData, Form(callback_query_id=tap_id, **shown))


def shortened(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
