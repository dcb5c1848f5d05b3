"""What the server takes and what it refuses, in the real one's words."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.botapi import BotApi
from tests.support.botapi.conftest import Ask


def bold(offset: int, length: int) -> dict[str, Any]:
    return {"type": "bold", "offset": offset, "length": length}


def keys(*rows: list[str]) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": data or "?", "callback_data": data} for data in row] for row in rows]}


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "🎩" * 2049}, "message is too long"),
        ({"text": "\ud800"}, "strings must be encoded in UTF-8"),
        ({"text": "abc", "entities": [bold(-1, 1)]}, "receive an entity with incorrect offset -1"),
        ({"text": "abc", "entities": [bold(4, 1)]}, "entity begins after the end of the text at UTF-16 offset 4"),
        (
            {"text": "abc", "entities": [bold(1, 3)]},
            "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 4",
        ),
        ({"text": "👉 a", "entities": [bold(1, 1)]}, "entity begins in a middle of a UTF-16 symbol at byte offset 4"),
        (
            {"text": "👉 a", "entities": [bold(0, 1)]},
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4",
        ),
        (
            {"text": "abc", "entities": [{"type": "huge", "offset": 0, "length": 1}]},
            "can't parse MessageEntity: Unsupported type specified",
        ),
        ({"text": "a", "reply_markup": keys([""])}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": keys(["é" * 33])}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": keys(["x"] * 9)}, "reply markup is too long"),
        ({"text": "a", "reply_markup": keys(*[["x"]] * 101)}, "reply markup is too long"),
        ({"text": "a", "reply_parameters": {"message_id": 99_999}}, "message to be replied not found"),
        ({"text": "a", "message_thread_id": 7}, "message thread not found"),
        ({"text": "a", "chat_id": ""}, "chat_id is empty"),
        ({"text": "a", "chat_id": -1009}, "chat not found"),
    ],
)
async def test_a_message_is_refused(server: BotApi, ask: Ask, parameters: dict[str, Any], refusal: str) -> None:
    group = server.group()
    assert await ask("sendMessage", **{"chat_id": group.id} | parameters) == (400, f"Bad Request: {refusal}")
    assert group.messages == []


@pytest.mark.parametrize("text", ["x" * 4096, "🎩" * 2048, " padded ", "a\u202eb"])
async def test_a_message_that_fits_stands_there(server: BotApi, ask: Ask, text: str) -> None:
    group = server.group()
    sent = await ask("sendMessage", chat_id=group.id, text=text, entities=[bold(0, 2)], reply_markup=keys(["x" * 64] * 8))
    assert sent["text"] == text.strip().replace("\u202e", "")
    assert [post.text for post in group.said] == [sent["text"]]


async def test_trimming_moves_the_entities_along(server: BotApi, ask: Ask) -> None:
    sent = await ask("sendMessage", chat_id=server.group().id, text="  ab\u202ecd  ", entities=[bold(1, 2), bold(4, 3)])
    assert sent["text"] == "abcd"
    assert sent["entities"] == [bold(0, 1), bold(2, 2)]


async def test_only_people_whom_the_bot_may_know_are_mentioned(server: BotApi, ask: Ask) -> None:
    anna = server.person("Anna")
    mentions = [
        {"type": "text_mention", "offset": place, "length": 1, "user": {"id": who}} for place, who in ((0, anna.id), (1, 5))
    ]
    sent = await ask("sendMessage", chat_id=server.group().id, text="ab", entities=mentions)
    assert [entity["user"]["id"] for entity in sent["entities"]] == [anna.id]


async def test_edits_are_refused(server: BotApi, ask: Ask) -> None:
    group, anna = server.group(), server.person("Anna")
    sent = await ask("sendMessage", chat_id=group.id, text="one", reply_markup=keys(["x"]))
    place = {"chat_id": group.id, "message_id": sent["message_id"]}
    same = await ask("editMessageText", **place, text="one", reply_markup=keys(["x"]))
    assert same[1].startswith("Bad Request: message is not modified: specified new message content")
    edited = await ask("editMessageText", **place, text="two")
    assert (edited["text"], "reply_markup" in edited, "edit_date" in edited) == ("two", False, True)
    assert [face["text"] for face in group.said[0].history] == ["one"]
    assert await ask("editMessageText", **place | {"message_id": 77_777}, text="x") == (
        400,
        "Bad Request: message to edit not found",
    )
    theirs = anna.says(group, "/hi").id
    assert await ask("editMessageText", **place | {"message_id": theirs}, text="x") == (400, "Bad Request: message can't be edited")
    group.deletes(group.said[0])
    assert await ask("editMessageText", **place, text="three") == (400, "Bad Request: message to edit not found")


async def test_rooms_that_are_shut(server: BotApi, ask: Ask) -> None:
    anna, group, small = server.person("Anna"), server.group(), server.group(kind="group")
    anna.kicks_bot(group)
    kicked = (403, "Forbidden: bot was kicked from the supergroup chat")
    assert await ask("sendMessage", chat_id=group.id, text="a") == kicked
    new = small.upgrades()
    refused = (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert await ask("sendMessage", chat_id=small.id, text="a") == refused
    assert (await ask("sendMessage", chat_id=new.id, text="a"))["chat"]["id"] == new.id
    assert await ask("sendMessage", chat_id=anna.id, text="a") == (400, "Bad Request: chat not found")
    anna.says(anna.private, "/start")
    anna.blocks_bot()
    assert await ask("sendMessage", chat_id=anna.id, text="a") == (403, "Forbidden: bot was blocked by the user")


async def test_topics_that_are_shut(server: BotApi, ask: Ask) -> None:
    group = server.group(topics=True)
    topic = group.topic("Garden")
    there = {"chat_id": group.id, "message_thread_id": topic.id, "text": "a"}
    assert (await ask("sendMessage", **there))["is_topic_message"] is True
    topic.closed = True
    assert await ask("sendMessage", **there) == (400, "Bad Request: TOPIC_CLOSED")
    group.deletes_topic(topic)
    assert await ask("sendMessage", **there) == (400, "Bad Request: message thread not found")


async def test_flood_control_counts_edits_and_says_how_long_to_wait(server: BotApi, ask: Ask) -> None:
    server.flood.on = True
    group = server.group()
    sent = await ask("sendMessage", chat_id=group.id, text="0")
    place = {"chat_id": group.id, "message_id": sent["message_id"]}
    for number in range(1, 5):
        await ask("editMessageText", **place, text=str(number))
    assert await ask("editMessageText", **place, text="5") == (429, "Too Many Requests: retry after 5")
    server.clock.advance(timedelta(seconds=6))
    assert (await ask("editMessageText", **place, text="5"))["text"] == "5"


async def test_presses_are_answered_in_time_or_not_at_all(server: BotApi, ask: Ask) -> None:
    group, anna = server.group(), server.person("Anna")
    tap = anna.presses(anna.says(group, "/x"), "y")
    assert await ask("answerCallbackQuery", callback_query_id=tap.id, text="x" * 201) == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert await ask("answerCallbackQuery", callback_query_id=tap.id, text="Counted", show_alert=True) is True
    assert [(toast.person, toast.text, toast.alert) for toast in server.toasts] == [("Anna", "Counted", True)]
    server.clock.advance(timedelta(seconds=151))
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await ask("answerCallbackQuery", callback_query_id=tap.id) == (400, old)
    assert await ask("answerCallbackQuery", callback_query_id="5") == (400, old)


async def test_tokens_and_methods_that_are_not(server: BotApi, ask: Ask) -> None:
    assert await ask("getMe", token="1:wrong") == (401, "Unauthorized")
    assert await ask("getMe", token="nonsense") == (404, "Not Found")
    assert await ask("fetchAllSecrets") == (404, "Not Found: method not found")
    assert (await ask("GETME"))["username"] == "folkmoot_bot"


@pytest.mark.parametrize(
    ("commands", "refusal"),
    [
        ([{"command": "Draw", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "draw", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "draw", "description": "x"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_a_menu_is_refused(ask: Ask, commands: list[dict[str, str]], refusal: str) -> None:
    assert await ask("setMyCommands", commands=commands) == (400, f"Bad Request: {refusal}")
