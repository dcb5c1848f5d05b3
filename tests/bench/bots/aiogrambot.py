"""`python -m tests.bench.bots.aiogrambot TOKEN BASE_URL`: a bare bot on aiogram."""

import asyncio
import logging

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench.bots.counting import LABELS, Tally, ready, told

TALLY = Tally()
KEYS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=label) for label in LABELS]])
BACKGROUND: set[asyncio.Task[None]] = set()
dispatcher = Dispatcher()


@dispatcher.message(Command("poll"))
async def poll(message: Message) -> None:
    posted = await message.answer(TALLY.board, reply_markup=KEYS)
    BACKGROUND.add(asyncio.create_task(edit_for_ever(posted)))


async def edit_for_ever(message: Message) -> None:
    while True:
        await asyncio.sleep(1)
        if (news := TALLY.news()) is not None:
            try:
                await message.edit_text(news, reply_markup=KEYS)
            except TelegramAPIError:
                logging.getLogger(__name__).warning("not edited")


@dispatcher.callback_query()
async def press(query: CallbackQuery) -> None:
    await query.answer(TALLY.press(query.from_user.id, query.data or ""))


@dispatcher.startup()
async def started() -> None:
    ready()


async def main() -> None:
    token, base_url = told()
    server = TelegramAPIServer(base=f"{base_url}{{token}}/{{method}}", file=f"{base_url}{{token}}/{{path}}")
    await dispatcher.start_polling(Bot(token, session=AiohttpSession(api=server)), allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    asyncio.run(main())
