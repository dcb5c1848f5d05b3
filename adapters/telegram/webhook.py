"""Telegram calls us: what it brings is committed before it is told so, and nobody else is listened to."""

import asyncio
import hmac
import json
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.incoming import readings
from adapters.telegram.origins import Me
from adapters.telegram.request import NoSuchPlace
from bot.chat.adapter import Batch, CannotListen, Intake, Keep

log = logging.getLogger(__name__)
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_SECRET = 256  # characters that Telegram takes
LARGEST = 2**20  # bytes of an update
PATIENCE = 10.0  # seconds for its body to come in, and as many for the database
CALLS_AT_ONCE = 40
SHORTEST_LOOK = 0.5  # seconds


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram calls, where that arrives here, and how it shows that it is Telegram."""

    url: str
    host: str
    port: int
    secret: str = field(repr=False)

    @property
    def path(self) -> str:
        return urlsplit(self.url).path or "/"


class Endpoint:
    """One address, for one who knows the secret."""

    def __init__(self, hook: Hook, me: Me, keep: Keep) -> None:
        self.hook, self.me, self.keep = hook, me, keep

    async def run(self) -> None:
        """Until cancelled."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(self.hook.path, self.answer)
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=PATIENCE)
        await runner.setup()
        try:
            await web.TCPSite(runner, self.hook.host, self.hook.port).start()
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def answer(self, request: web.Request) -> web.Response:
        if not self.is_telegram(request.headers.get(HEADER, "")):
            return web.Response(status=403)
        try:
            async with asyncio.timeout(PATIENCE):
                body = await request.read()
            async with asyncio.timeout(PATIENCE):
                await self.keep([reading.received for reading in readings(read(body), self.me)])
        except TimeoutError:
            return web.Response(status=503)
        except web.HTTPException:
            raise
        except Exception as fault:
            log.error("an update could not be stored", extra={"fault": type(fault).__name__})
            return web.Response(status=503)
        return web.Response()

    def is_telegram(self, secret: str) -> bool:
        """Takes as long whatever of it is right."""
        given = secret[: LONGEST_SECRET + 1].encode("utf-8", "surrogateescape")
        return hmac.compare_digest(given, self.hook.secret.encode())


def read(body: bytes) -> Any:
    """JSON; whatever is none is kept as text, for whoever runs the bot to see."""
    words = body.decode("utf-8", "replace")
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        return words


class Keeper:
    """Tells Telegram where to call, and asks what it still has for us: there is nothing more once it says so."""

    def __init__(self, bot: Bot, hook: Hook, wanted: str, intake: Intake) -> None:
        self.bot, self.hook, self.wanted, self.intake = bot, hook, wanted, intake
        self.well_at = datetime.min.replace(tzinfo=UTC)

    async def run(self) -> None:
        """Until cancelled. Raises CannotListen."""
        await self.tried(self.say_where)
        while True:
            fetch = await self.intake.fetch()
            await asyncio.sleep(max(fetch.wait, SHORTEST_LOOK))
            info = await self.tried(self.bot.get_webhook_info)
            if info.url != self.hook.url:
                raise CannotListen("taken", "telegram")
            if self.is_cut_off(info, fetch.began_at):
                await asyncio.sleep(await self.intake.failed("unreachable"))
            else:
                await self.intake.take(Batch(fetch, (), drained=not info.pending_update_count))

    async def say_where(self) -> bool:
        return await self.bot.set_webhook(
            self.hook.url,
            secret_token=self.hook.secret,
            allowed_updates=json.loads(self.wanted),
            max_connections=CALLS_AT_ONCE,
        )

    def is_cut_off(self, info: WebhookInfo, now: datetime) -> bool:
        """Telegram has something for us, and its calls have gone wrong since it last had nothing."""
        if not info.pending_update_count:
            self.well_at = now
        return bool(info.pending_update_count and info.last_error_date and info.last_error_date > self.well_at)

    async def tried(self, ask: Any) -> Any:
        """Until Telegram answers. Raises CannotListen."""
        while True:
            try:
                return await ask()
            except InvalidToken as fault:
                if not isinstance(fault, NoSuchPlace):
                    raise CannotListen("login refused", "telegram") from None
                await asyncio.sleep(await self.intake.failed("unreachable"))
            except TelegramError:
                await asyncio.sleep(await self.intake.failed("unreachable"))
