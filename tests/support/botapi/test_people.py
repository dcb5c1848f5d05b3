"""What people do, and what of it a bot hears. Every object here has passed aiogram's types and PTB's constructors."""

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.support.botapi import BotApi
from tests.support.botapi.conftest import Ask
from tests.support.botapi.proofs import Dishonest, prove


async def heard(ask: Ask) -> list[Any]:
    """The updates' contents."""
    return [body for update in await ask("getUpdates") for kind, body in update.items() if kind != "update_id"]


async def test_in_privacy_mode_a_bot_hears_only_what_concerns_it(server: BotApi, ask: Ask) -> None:
    group, anna = server.group(), server.person("Anna")
    sent = await ask("sendMessage", chat_id=group.id, text="Hello")
    ours = group.chat.posts[sent["message_id"]]
    said = ["/join", "/join@folkmoot_bot", "/join@other_bot", "just talk", "hey @folkmoot_bot", "see /join there"]
    for text in said:
        anna.says(group, text)
    anna.replies(ours, "an answer")
    anna.replies(anna.says(group, "aside"), "not for it")
    assert [body["text"] for body in await heard(ask)] == [
        *("/join", "/join@folkmoot_bot", "hey @folkmoot_bot", "see /join there", "an answer"),
    ]


@pytest.mark.parametrize("how", ["administrator", "no privacy"])
async def test_in_charge_or_without_privacy_a_bot_hears_everything(server: BotApi, ask: Ask, how: str) -> None:
    server.world.privacy = how != "no privacy"
    group, anna = server.group(bot="administrator" if how == "administrator" else "member"), server.person("Anna")
    anna.says(group, "just talk")
    server.other_bot("Helper").says(group, "bots do not hear bots")
    assert [body["text"] for body in await heard(ask)] == ["just talk"]


async def test_commands_are_found_outside_of_code(server: BotApi, ask: Ask) -> None:
    server.world.privacy = False
    group, anna = server.group(), server.person("Anna")
    anna.says(group, "🎩 /draw@folkmoot_bot x@y.z /a/b")
    anna.says(group, "/draw it", marked=[{"type": "code", "offset": 0, "length": 5}])
    entities = [[(each["type"], each["offset"], each["length"]) for each in body["entities"]] for body in await heard(ask)]
    assert entities == [[("bot_command", 3, 18)], [("code", 0, 5)]]


async def test_a_press_carries_the_message_as_it_stands(server: BotApi, ask: Ask) -> None:
    group, anna = server.group(), server.person("Anna", username="anna")
    row = [{"text": "🎩 Count me in", "callback_data": "join:1"}]
    await ask("sendMessage", chat_id=group.id, text="Who?", reply_markup={"inline_keyboard": [row]})
    anna.taps(group.said[0], "Count me in")
    with pytest.raises(LookupError):
        anna.taps(group.said[0], "Vote")
    group.deletes(group.said[0])
    anna.presses(group.chat.posts[max(group.chat.posts)], "forged")
    anna.presses_inline("join:1")
    first, gone, inline = await heard(ask)
    assert (first["data"], first["message"]["text"], first["from"]["username"]) == ("join:1", "Who?", "anna")
    assert gone["message"]["date"] == 0
    assert "message" not in inline


async def test_people_come_and_go_and_so_does_the_bot(server: BotApi, ask: Ask) -> None:
    group, anna, ben = server.group(bot=None), server.person("Anna"), server.person("Ben")
    anna.adds_bot(group)
    anna.adds(group, ben)
    ben.leaves(group)
    anna.gives_bot(group, "administrator")
    anna.kicks_bot(group)
    kinds = [next(key for key in update if key != "update_id") for update in await ask("getUpdates")]
    assert kinds == ["my_chat_member", "message", "message", "message", "my_chat_member", "my_chat_member"]


async def test_voices_that_are_not_quite_a_person(server: BotApi, ask: Ask) -> None:
    group, anna, news = server.group(bot="administrator"), server.person("Anna"), server.channel("News")
    anna.says(group, "/a", anonymously=True)
    news.says(group, "/b")
    news.posts(group, "/c")
    anna.forwards(anna.says(group, "/d"), group)
    anna.says(group, "/e", via=server.other_bot("Inline").user)
    anna.edits(anna.says(group, "/f"), "/g")
    anna.captions(group, "/h")
    bodies = await heard(ask)
    assert bodies[0]["sender_chat"]["id"] == group.id
    assert bodies[1]["sender_chat"]["type"] == bodies[2]["sender_chat"]["type"] == "channel"
    assert bodies[2]["is_automatic_forward"] is True
    assert bodies[4]["forward_origin"]["type"] == "user"
    assert bodies[5]["via_bot"]["is_bot"] is True
    assert ("edit_date" in bodies[7], bodies[7]["text"]) == (True, "/g")
    assert bodies[8]["caption"] == "/h"


async def test_what_stands_in_a_topic_answers_its_opening(server: BotApi, ask: Ask) -> None:
    group, anna = server.group(topics=True), server.person("Anna")
    topic = group.topic("Garden")
    anna.says(group, "/draw", thread=topic)
    body = (await heard(ask))[-1]
    assert (body["message_thread_id"], body["is_topic_message"]) == (topic.id, True)
    assert body["reply_to_message"]["forum_topic_created"]["name"] == "Garden"


async def test_files_come_back_as_they_went(server: BotApi, ask: Ask) -> None:
    group = server.group()
    form = aiohttp.FormData({"chat_id": str(group.id), "caption": "the pool"})
    form.add_field("document", b"pool", filename="pool.txt", content_type="text/plain")
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{server.base_url}{server.token}/sendDocument", data=form) as answer:
            sent = (await answer.json())["result"]
        path = (await ask("getFile", file_id=sent["document"]["file_id"]))["file_path"]
        async with session.get(f"{server.base_file_url}{server.token}/{path}") as answer:
            assert await answer.read() == b"pool"
    assert (sent["caption"], sent["document"]["file_name"]) == ("the pool", "pool.txt")


async def test_asking_about_a_chat(server: BotApi, ask: Ask) -> None:
    anna = server.person("Anna")
    group = server.group("Garden", bot="administrator", members=[anna])
    assert (await ask("getChat", chat_id=group.id))["title"] == "Garden"
    assert await ask("getChatMemberCount", chat_id=group.id) == 2
    assert (await ask("getChatMember", chat_id=group.id, user_id=anna.id))["status"] == "member"
    assert [each["user"]["id"] for each in await ask("getChatAdministrators", chat_id=group.id)] == [server.me.id]
    assert await ask("leaveChat", chat_id=group.id) is True
    assert await ask("getChat", chat_id=group.id) == (403, "Forbidden: bot is not a member of the supergroup chat")


async def test_people_can_be_waited_for(server: BotApi, ask: Ask) -> None:
    group = server.group()
    seeing = asyncio.create_task(group.sees("Hello"))
    await ask("sendMessage", chat_id=group.id, text="Hello there")
    assert (await seeing).text == "Hello there"


def test_an_object_that_is_none_of_the_real_ones_is_caught() -> None:
    chat = {"id": 1, "type": "private", "first_name": "Anna"}
    prove("sendMessage", {"message_id": 1, "date": 1, "chat": chat})
    with pytest.raises(Dishonest):
        prove("sendMessage", {"message_id": 1, "date": 1, "chat": chat | {"colour": "red"}})
    with pytest.raises(ValueError, match="date"):
        prove("sendMessage", {"message_id": 1, "chat": chat})
