"""Asking a homeserver: one HTTP request, one answer as a dict, or a Refusal or a Silence."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from yarl import URL

from adapters.matrix.errors import Refusal, Silence, silence
from adapters.matrix.parsing import Event, dumps, loads
from bot.chat.proxies import proxy_for

PATIENCE = 30.0  # seconds for an ordinary request
CLIENT = "/_matrix/client/v3"


class Homeserver:
    """One homeserver, asked with one access token."""

    def __init__(self, url: str, token: str = "") -> None:
        self.url, self.token = url.rstrip("/"), token
        self.session: aiohttp.ClientSession | None = None
        self.closed = False

    async def close(self) -> None:
        self.closed = True
        if self.session is not None:
            await self.session.close()
            self.session = None

    async def get(self, path: str, query: Mapping[str, str] | None = None, patience: float = PATIENCE) -> Event:
        return await self.ask("GET", path, None, patience, query)

    async def post(self, path: str, body: Event | None = None) -> Event:
        return await self.ask("POST", path, body or {})

    async def put(self, path: str, body: Event) -> Event:
        return await self.ask("PUT", path, body)

    async def upload(self, content: bytes, media_type: str, name: str) -> str:
        """The content's new mxc address."""
        answer = await self.ask("POST", "/_matrix/media/v3/upload", content, query={"filename": name}, media_type=media_type)
        return str(answer.get("content_uri", ""))

    async def ask(
        self,
        method: str,
        path: str,
        body: Event | bytes | None = None,
        patience: float = PATIENCE,
        query: Mapping[str, str] | None = None,
        media_type: str = "application/json",
    ) -> Event:
        """Raises Refusal and Silence, nothing else."""
        if self.closed:
            raise Silence(unsent=True)
        url, proxy = address(f"{self.url}{path}?{urlencode(query or {})}"), proxy_for(self.url)
        content = body if isinstance(body, bytes) else None if body is None else dumps(body).encode()
        timeout = aiohttp.ClientTimeout(patience, connect=15)
        try:
            async with self.opened().request(
                method, url, data=content, headers=self.headers(media_type), timeout=timeout, proxy=proxy
            ) as answer:
                return read(answer.status, await answer.text(errors="replace"), answer.headers.get("Retry-After", ""))
        except (TimeoutError, aiohttp.ClientError, OSError) as fault:
            raise silence(fault) from None

    def opened(self) -> aiohttp.ClientSession:
        if self.session is None:
            self.session = aiohttp.ClientSession()
        return self.session

    def headers(self, media_type: str) -> dict[str, str]:
        told = {"Content-Type": media_type, "User-Agent": "Folkmoot"}
        return told | ({"Authorization": f"Bearer {self.token}"} if self.token else {})


def address(url: str) -> URL:
    try:
        return URL(url, encoded=True)
    except ValueError:
        raise Silence(unsent=True) from None


def read(status: int, text: str, retry_after: str) -> Event:
    try:
        said = loads(text)
    except (ValueError, RecursionError):
        said = None
    if status < 300 and isinstance(said, dict):
        return said
    raise refusal(status, said, retry_after) if status >= 300 else Refusal(502, "FOLKMOOT_NOT_JSON")


def refusal(status: int, said: Any, retry_after: str) -> Refusal:
    """`retry_after`: the header, in seconds; older homeservers say it in milliseconds inside."""
    told = said if isinstance(said, dict) else {}
    code, wait = told.get("errcode"), told.get("retry_after_ms")
    known = code if isinstance(code, str) and len(code) < 64 and code.isascii() else ""
    inside = wait / 1000 if isinstance(wait, int | float) else 0.0
    return Refusal(status, known, float(retry_after) if retry_after.isdecimal() and len(retry_after) < 6 else inside, told)


def related(room: str, event_id: str, relation: str) -> str:
    return f"/_matrix/client/v1/rooms/{quote(room, safe='')}/relations/{quote(event_id, safe='')}/{relation}"


def in_room(room: str, *parts: str) -> str:
    return "/".join([f"{CLIENT}/rooms", quote(room, safe=""), *(quote(part, safe="") for part in parts)])
