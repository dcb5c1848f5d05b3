"""Telegram: groups, supergroups, topics and private chats, over the Bot API."""

import asyncio
import contextlib
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # its command line, which loads 7 MB where it finds rich

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.deliver import Deliverer
from adapters.telegram.incoming import read_again, tap_in
from adapters.telegram.listen import WANTED, Listener
from adapters.telegram.origins import Me
from adapters.telegram.request import AiohttpRequest
from adapters.telegram.toasts import Toasts
from bot.chat.adapter import CannotListen, Delivery, Intake, Keep
from bot.chat.incoming import Answer, Received
from bot.chat.refs import MessageRef

if TYPE_CHECKING:
    from adapters.telegram.webhook import Hook, Keeper  # loads a web server

SUPERGROUP = "-100"  # what the ids of supergroups begin with
LAST_TOASTS = 0.4  # seconds at the end for presses that are being answered
Menu = Mapping[str, Sequence[tuple[str, str]]]  # language ("" for all others) -> (command, what it does)


class TelegramAdapter:
    """Implements bot.chat.adapter.Adapter."""

    platform = "telegram"
    messages_a_minute: int | None = 20
    keeps_taps_for: timedelta | None = timedelta(seconds=150)

    def __init__(
        self,
        token: str,
        base_url: str = "https://api.telegram.org/bot",
        base_file_url: str = "https://api.telegram.org/file/bot",
        menu: Menu | None = None,
        account: str = "telegram",
        hook: "Hook | None" = None,
    ) -> None:
        self.menu, self.account, self.hook = menu or {}, account, hook
        self.known = asyncio.Event()
        self.me: Me | None = None
        self.request = AiohttpRequest()
        try:
            self.bot = Bot(
                token, base_url=base_url, base_file_url=base_file_url, request=self.request, get_updates_request=self.request
            )
        except InvalidToken:
            raise CannotListen("login refused", self.platform) from None
        self.toasts, self.deliverer = Toasts(self.bot), Deliverer(self.bot)

    def link(self, ref: MessageRef) -> str | None:
        """Of supergroups alone: messages of other chats have no address."""
        return f"https://t.me/c/{ref.chat.id.removeprefix(SUPERGROUP)}/{ref.id}" if ref.chat.id.startswith(SUPERGROUP) else None

    async def listen(self, intake: Intake) -> None:
        """Raises CannotListen."""
        await self.prepare(intake)
        assert self.me is not None
        if self.hook is None and await self.has_webhook():
            raise CannotListen("webhook set", self.platform)
        menus = asyncio.create_task(self.set_menus())
        try:
            await self.listener(self.me, intake).run()
        finally:
            menus.cancel()
            await self.toasts.finish(LAST_TOASTS)

    def listener(self, me: Me, intake: Intake) -> "Listener | Keeper":
        if self.hook is not None:
            from adapters.telegram.webhook import Keeper

            return Keeper(self.bot, self.hook, WANTED, intake)
        return Listener(self.bot, me, intake, self.toasts)

    async def prepare(self, intake: Intake) -> None:
        """Who we are; asked until the platform answers. Raises CannotListen."""
        while self.me is None:
            try:
                me = await self.bot.get_me()
                self.me = Me(me.id, me.username or "", frozenset(name for menu in self.menu.values() for name, _ in menu))
            except InvalidToken:
                raise CannotListen("login refused", self.platform) from None
            except TelegramError:
                await asyncio.sleep(await intake.failed("unreachable"))
        self.known.set()

    @property
    def pushes(self) -> bool:
        return self.hook is not None

    def read(self, raw: str, names: tuple[str, ...]) -> Received:
        assert self.me is not None
        return read_again(raw, names, self.me)

    def acknowledge(self, answers: Sequence[Answer]) -> None:
        for answer in answers:
            if tap_id := tap_in(answer.received.raw):
                self.toasts.show(tap_id, answer.ack)

    async def receive(self, keep: Keep) -> None:
        await self.known.wait()
        if self.hook is None or self.me is None:
            await asyncio.Event().wait()
        else:
            from adapters.telegram.webhook import Endpoint

            await Endpoint(self.hook, self.me, keep).run()

    async def has_webhook(self) -> bool:
        """False also where nobody says: then getUpdates itself will tell."""
        with contextlib.suppress(TelegramError):
            return bool((await self.bot.get_webhook_info()).url)
        return False

    async def set_menus(self) -> None:
        """The command menu is a comfort: if it cannot be set, nothing else suffers."""
        for language, commands in self.menu.items():
            with contextlib.suppress(TelegramError):
                await self.bot.set_my_commands([BotCommand(*command) for command in commands], language_code=language or None)

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """Raises a DeliveryFault."""
        return await self.deliverer.deliver(delivery)

    async def close(self) -> None:
        await self.toasts.finish(LAST_TOASTS)
        await self.request.shutdown()
