"""The environment's proxies: asked for what is far, on both platforms, and never for what runs here."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.matrix.errors import Silence
from adapters.matrix.web import Homeserver
from adapters.telegram.request import AiohttpRequest, NotSent
from bot.chat.proxies import proxy_for

VARIABLES = ("http_proxy", "https_proxy", "no_proxy", "all_proxy")
FAR = "https://api.telegram.org/bot1:x/getMe"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    ("environment", "url", "proxy"),
    [
        ({}, FAR, None),
        ({"HTTPS_PROXY": "http://gate:3128"}, FAR, "http://gate:3128"),
        ({"https_proxy": "gate:3128"}, FAR, "http://gate:3128"),
        ({"HTTP_PROXY": "http://gate:3128"}, FAR, None),
        ({"HTTPS_PROXY": "http://gate:3128", "NO_PROXY": "telegram.org"}, FAR, None),
        ({"HTTPS_PROXY": "http://gate:3128", "NO_PROXY": "moot.org:8448"}, "https://moot.org:8448", None),
        ({"HTTPS_PROXY": "http://gate:3128", "NO_PROXY": "*"}, FAR, None),
        ({"HTTP_PROXY": "http://gate:3128"}, "http://localhost:8081/bot", None),
        ({"HTTP_PROXY": "http://gate:3128"}, "http://127.0.0.1:8008", None),
        ({"HTTPS_PROXY": "http://gate:3128"}, "https://[::1]:8448", None),
        ({"HTTPS_PROXY": "http://gate:3128"}, "https://[oops", None),
    ],
)
def test_which_proxy_leads_to_an_address(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], url: str, proxy: str | None
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(url) == proxy


@asynccontextmanager
async def proxy(answer: str) -> AsyncIterator[tuple[str, list[str]]]:
    """One that gives everybody this answer: its address, and what it was asked."""
    asked: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(answer.encode())
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://moot:secret@127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


async def test_a_homeserver_is_asked_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = 'HTTP/1.1 200 OK\r\nContent-Length: 21\r\nConnection: close\r\n\r\n{"user_id": "@a:b.c"}'
    async with proxy(answer) as (address, asked):
        monkeypatch.setenv("HTTP_PROXY", address)
        server = Homeserver("http://moot.example.org", "token")
        assert await server.get("/whoami") == {"user_id": "@a:b.c"}
        await server.close()
    assert asked[0].startswith("GET http://moot.example.org/whoami")
    assert "Authorization: Bearer token" in asked[0]
    assert f"Proxy-Authorization: Basic {base64.b64encode(b'moot:secret').decode()}" in asked[0]


async def test_a_proxy_that_refuses_has_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with proxy("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") as (address, asked):
        monkeypatch.setenv("HTTPS_PROXY", address)
        request, server = AiohttpRequest(), Homeserver("https://moot.example.org", "token")
        with pytest.raises(NotSent):
            await request.do_request(FAR, "POST")
        with pytest.raises(Silence) as silence:
            await server.get("/whoami")
        await request.shutdown()
        await server.close()
    assert silence.value.unsent
    assert [words.split(" HTTP")[0] for words in asked] == ["CONNECT api.telegram.org:443", "CONNECT moot.example.org:443"]
    assert not any("Bearer" in words or "bot1:x" in words for words in asked)


@pytest.mark.parametrize("named", ["socks5://127.0.0.1:1", "nonsense"])
async def test_a_proxy_that_is_none_is_never_passed_by(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", named)
    request = AiohttpRequest()
    with pytest.raises(NotSent):
        await request.do_request(FAR, "POST")
    await request.shutdown()
