"""`python -m tests.bench.bots.ptb TOKEN BASE_URL`: a bare bot on python-telegram-bot with its own httpx client."""

import asyncio
import logging
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from tests.bench.bots.counting import LABELS, Tally, ready, told

Context = ContextTypes.DEFAULT_TYPE
POOL = 32  # connections; more are slower, since httpcore looks through all of them for each request
AT_ONCE = 256  # updates
TALLY = Tally()
KEYS = InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label) for label in LABELS]])
BACKGROUND: set[asyncio.Task[None]] = set()


async def poll(update: Update, context: Context) -> None:
    assert update.message is not None
    message = await update.message.reply_text(TALLY.board, reply_markup=KEYS)
    BACKGROUND.add(asyncio.create_task(edit_for_ever(message)))


async def edit_for_ever(message: Any) -> None:
    while True:
        await asyncio.sleep(1)
        if (news := TALLY.news()) is not None:
            try:
                await message.edit_text(news, reply_markup=KEYS)
            except BadRequest:
                logging.getLogger(__name__).warning("not edited")


async def press(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer(TALLY.press(query.from_user.id, query.data or ""))


async def started(_: Any) -> None:
    ready()


def main() -> None:
    token, base_url = told()
    builder = Application.builder().token(token).base_url(base_url).connection_pool_size(POOL).pool_timeout(60)
    app = builder.concurrent_updates(AT_ONCE).post_init(started).build()
    app.add_handler(CommandHandler("poll", poll))
    app.add_handler(CallbackQueryHandler(press))
    app.run_polling(allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    main()
