"""Requests to the Bot API over aiohttp, with failures told apart: surely not sent, or nobody knows."""

import functools
import json
from typing import Any
from urllib.parse import urlencode

import aiohttp
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.chat.proxies import proxy_for

CONNECT, READ = 10.0, 20.0  # seconds
DRIP = 30.0  # seconds beyond these for an answer that comes in small pieces
KEEP_ALIVE = 10.0  # seconds; shorter than a server's, so that no request meets a connection that is just being closed
CONNECTIONS = 128
MILDEST, HARSHEST = 1.0, 86_400.0  # seconds that a flood is waited out
NOT_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
KINDS: dict[int, type[TelegramError]] = {401: InvalidToken, 403: Forbidden, 409: Conflict}


class NotSent(NetworkError):
    """The request surely never reached the server."""


class MaybeSent(NetworkError):
    """The request may have been carried out."""


class Flooded(TelegramError):
    """Refused for now: nothing was done, and nothing will be before so many seconds have passed."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class NoSuchPlace(InvalidToken):
    """404: a token of the wrong form, or something on the way that is not the Bot API."""


class Form:
    """Fields of a request that python-telegram-bot has no part in; to `body_of` it is a RequestData, which allows no kin."""

    contains_files = False

    def __init__(self, **fields: str | int) -> None:
        self.json_parameters = {name: str(value) for name, value in fields.items()}


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's seam for HTTP. Errors carry no address: it holds the token."""

    def __init__(self) -> None:
        self.session: aiohttp.ClientSession | None = None
        self.patience = READ  # seconds
        self.proxies: dict[str, str | None] = {}  # of each server that was asked

    @property
    def read_timeout(self) -> float | None:
        return self.patience

    async def initialize(self) -> None:
        if self.session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE)
            self.session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        if self.session is not None:
            await self.session.close()
            self.session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        await self.initialize()
        assert self.session is not None
        read = self.patience if read_timeout is BaseRequest.DEFAULT_NONE or read_timeout is None else float(read_timeout)
        try:
            body, proxy = body_of(request_data), self.proxy(url)
            asked = self.session.request(
                method, url, data=body, timeout=patience(read), allow_redirects=False, proxy=proxy, headers=headers_of(request_data)
            )
            async with asked as response:
                payload = await response.read()
        except NOT_CONNECTED:
            raise NotSent("not connected") from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise MaybeSent("connection lost") from None
        if response.status >= 300:
            raise refusal(response.status, payload)
        return response.status, payload

    def proxy(self, url: str) -> str | None:
        """As the environment said when this server was first asked."""
        server = url[: url.find("/", len("https://"))]
        if server not in self.proxies:
            self.proxies[server] = proxy_for(url)
        return self.proxies[server]

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Of an answer that says it was done. Unlike python-telegram-bot's own, logs nothing of what it cannot read."""
        said = object_in(payload)
        if "result" not in said:
            raise MaybeSent("unreadable answer")
        return said | {"result": bare(said["result"])}


@functools.cache
def patience(read: float) -> aiohttp.ClientTimeout:
    """Exact to the moment: many that end at the same full second are slow to tell apart."""
    total = CONNECT + read + DRIP
    return aiohttp.ClientTimeout(total=total, connect=CONNECT, sock_connect=CONNECT, sock_read=read, ceil_threshold=total + 1)


def object_in(payload: bytes) -> dict[str, Any]:
    """The JSON object that this is; empty if it is none."""
    try:
        said = json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def bare(result: Any) -> Any:
    """Of a message that was sent we want its number; nothing else in it may stand in the way of that."""
    if not isinstance(result, dict) or not isinstance(result.get("message_id"), int):
        return result
    return {"message_id": result["message_id"], "date": 0, "chat": {"id": 0, "type": "private"}}


def refusal(status: int, payload: bytes) -> TelegramError:
    """What an answer other than success means; anything odd counts as a plain no."""
    if status >= 500:
        return MaybeSent("server fault")
    said = object_in(payload)
    told, words = said.get("parameters"), said.get("description")
    told, words = told if isinstance(told, dict) else {}, words if isinstance(words, str) else "no reason given"
    if status == 429:
        return Flooded(min(max(number_in(told, "retry_after"), MILDEST), HARSHEST))
    if to := number_in(told, "migrate_to_chat_id"):
        return ChatMigrated(to)
    return NoSuchPlace(words) if status == 404 else KINDS.get(status, BadRequest)(words)


def number_in(told: dict[str, Any], key: str) -> int:
    found = told.get(key)
    return found if isinstance(found, int) else 0


def body_of(data: RequestData | None) -> Any:
    if data is None:
        return None
    if not data.contains_files:
        return urlencode(data.json_parameters).encode("ascii")
    form = aiohttp.FormData(data.json_parameters)
    for name, (file_name, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=media_type)
    return form


def headers_of(data: RequestData | None) -> dict[str, str] | None:
    return None if data is None or data.contains_files else FORM
