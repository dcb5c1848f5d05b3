"""A server, and raw HTTP to ask it with."""

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from tests.support.botapi import BotApi

Ask = Callable[..., Coroutine[Any, Any, Any]]


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as running:
        running.polling.conflict_pause = 0.05
        yield running


@pytest.fixture
async def ask(server: BotApi) -> AsyncIterator[Ask]:
    """`await ask("sendMessage", chat_id=1, text="hi")`: the result, or the refusal as (code, description)."""
    async with aiohttp.ClientSession() as session:

        async def call(method: str, token: str = server.token, **parameters: Any) -> Any:
            async with session.post(f"{server.base_url}{token}/{method}", json=parameters) as answer:
                said = await answer.json()
            return said["result"] if said["ok"] else (answer.status, said["description"])

        yield call
