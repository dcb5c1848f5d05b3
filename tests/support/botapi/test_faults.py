"""Faults on order, and the server as other libraries and other processes meet it."""

import asyncio

import aiohttp
import pytest

from tests.support.botapi import BotApi
from tests.support.botapi.conftest import Ask
from tests.support.botapi.remote import running


@pytest.mark.parametrize("done", [True, False])
async def test_a_connection_drops_before_or_after_it_is_done(server: BotApi, ask: Ask, done: bool) -> None:
    group = server.group()
    server.faults.cut("sendMessage", done=done)
    with pytest.raises(aiohttp.ClientError):
        await ask("sendMessage", chat_id=group.id, text="a")
    assert len(group.said) == done
    await ask("sendMessage", chat_id=group.id, text="b")
    assert len(group.said) == done + 1


async def test_an_answer_comes_late_or_never(server: BotApi, ask: Ask) -> None:
    group = server.group()
    server.faults.late("sendMessage", 0.01)
    assert (await ask("sendMessage", chat_id=group.id, text="a"))["text"] == "a"
    server.faults.hang("sendMessage", done=True)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(ask("sendMessage", chat_id=group.id, text="b"), 0.05)
    assert [post.text for post in group.said] == ["a", "b"]


async def test_refusals_on_order(server: BotApi, ask: Ask) -> None:
    group, other = server.group(), server.group()
    server.faults.flood("sendMessage", 35, chat=group.id)
    assert (await ask("sendMessage", chat_id=other.id, text="a"))["text"] == "a"
    assert await ask("sendMessage", chat_id=group.id, text="a") == (429, "Too Many Requests: retry after 35")
    server.faults.refuse("*", 400, "CHAT_WRITE_FORBIDDEN")
    assert await ask("getMe") == (400, "Bad Request: CHAT_WRITE_FORBIDDEN")
    server.faults.bad_gateway(times=2)
    async with aiohttp.ClientSession() as session, session.get(f"{server.base_url}{server.token}/getMe") as answer:
        assert (answer.status, "nginx" in await answer.text()) == (502, True)
    server.faults.clear()
    assert len(server.faults.happened) == 3
    assert (await ask("getMe"))["id"] == server.me.id


async def test_an_update_goes_in_as_it_is(server: BotApi, ask: Ask) -> None:
    update_id = server.inserts({"message": {"chat": None}, "novelty": [1]})
    assert await ask("getUpdates") == [{"update_id": update_id, "message": {"chat": None}, "novelty": [1]}]


async def test_aiogram_takes_it_for_the_real_one(server: BotApi) -> None:
    from aiogram import Bot as AiogramBot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    group, anna = server.group(), server.person("Anna")
    api = TelegramAPIServer(f"{server.base_url}{{token}}/{{method}}", f"{server.base_file_url}{{token}}/{{path}}")
    async with AiogramBot(server.token, session=AiohttpSession(api=api)) as bot:
        assert (await bot.me()).username == "folkmoot_bot"
        anna.says(group, "/join")
        (update,) = await bot.get_updates()
        assert update.message is not None
        assert (await bot.send_message(update.message.chat.id, "Welcome")).text == "Welcome"


async def test_ptb_takes_it_for_the_real_one(server: BotApi) -> None:
    from telegram import Bot as PtbBot

    group, anna = server.group(), server.person("Anna")
    async with PtbBot(server.token, base_url=server.base_url, base_file_url=server.base_file_url) as bot:
        anna.says(group, "/join")
        (update,) = await bot.get_updates()
        assert update.effective_chat is not None
        assert (await bot.send_document(update.effective_chat.id, b"pool", filename="pool.txt")).document is not None


def test_a_process_of_its_own_is_driven_from_outside() -> None:
    with running() as remote:
        people = [remote.person(f"P{number}") for number in range(300)]
        group = remote.group(members=people)
        message = remote.says(people[0], group, "/join")
        assert [shown["text"] for shown in remote.messages(group)] == ["/join"]
        for person in people:
            remote.call("press", person=person, chat=group, message_id=message, data="x")
        assert remote.call("state")["waiting"] == 301
        remote.call("advance", seconds=200)
        with pytest.raises(LookupError):
            remote.call("conquer")
