"""Deliveries to a server that keeps Telegram's rules: what goes through, and which fault each refusal is."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.telegram import TelegramAdapter
from bot.chat.action import action
from bot.chat.adapter import Delivery, DeliveryFault, Moved, OutcomeUnknown, TryLater, Undeliverable
from bot.chat.message import Attachment, Button, Mention, Message, Moment, Text, message, paragraph
from bot.chat.refs import ChatRef, MessageRef, PersonRef
from tests.support.botapi import BotApi, Room

POOL = Attachment("pool.txt", "text/plain", b"draw-v1\n")
BUTTON = Button("Count me in", "🎩", action("join"))
Deliver = Callable[..., Awaitable[MessageRef]]


def to(room: Room, said: Message | str, **more: Any) -> Delivery:
    return Delivery(ChatRef("telegram", str(room.id)), message(said) if isinstance(said, str) else said, "fm-1", **more)


async def fault_in(sending: Awaitable[object]) -> Any:
    with pytest.raises(DeliveryFault) as caught:
        await sending
    return caught.value


async def test_a_message_goes_up_as_it_is_meant(server: BotApi, adapter: TelegramAdapter) -> None:
    group, anna = server.group(), server.person("Anna")
    said = message(paragraph("Welcome ", Mention(PersonRef("telegram", str(anna.id)), "Anna"), " to ", Text("the hat", "bold")))
    ref = await adapter.deliver(to(group, said.with_rows((BUTTON,))))
    (post,) = group.said
    assert ref == MessageRef(ChatRef("telegram", str(group.id)), str(post.id))
    assert (post.text, post.buttons) == ("Welcome Anna to the hat", ["🎩 Count me in"])
    assert [entity["type"] for entity in post.content["entities"]] == ["text_mention", "bold"]


async def test_an_answer_stands_under_its_question_in_its_topic(server: BotApi, adapter: TelegramAdapter) -> None:
    group, anna = server.group(topics=True), server.person("Anna")
    topic = group.topic("Compost")
    question = anna.says(group, "/draw", thread=topic)
    await adapter.deliver(to(group, "Here", reply_to=str(question.id), thread=str(topic.id)))
    group.deletes(question)
    await adapter.deliver(to(group, "Anyway", reply_to=str(question.id), thread=str(topic.id)))
    assert [(post.reply_to, post.thread) for post in group.said] == [(question, topic.id), (None, topic.id)]


async def test_a_file_goes_along_with_its_words_and_buttons(server: BotApi, adapter: TelegramAdapter) -> None:
    group = server.group()
    await adapter.deliver(to(group, message("The pool").with_attachments(POOL).with_rows((BUTTON,))))
    await adapter.deliver(to(group, Message(attachments=(POOL,))))
    with_words, alone = group.said
    assert (with_words.text, with_words.buttons, alone.text) == ("The pool", ["🎩 Count me in"], "")
    assert server.world.files[alone.content["document"]["file_id"]].content == POOL.content


@pytest.mark.parametrize(("words", "files", "shown"), [("x" * 1025, 1, ["x" * 1025, ""]), ("two", 2, ["two", "", ""])])
async def test_words_or_files_that_are_too_many_go_one_after_the_other(
    server: BotApi, adapter: TelegramAdapter, words: str, files: int, shown: list[str]
) -> None:
    group = server.group()
    ref = await adapter.deliver(to(group, message(words).with_attachments(*[POOL] * files)))
    assert [post.text for post in group.said] == shown
    assert ref.id == str(group.said[0].id)


async def test_half_of_it_having_gone_out_is_not_plainly_a_failure(server: BotApi, adapter: TelegramAdapter) -> None:
    group = server.group()
    server.faults.flood("sendDocument", 5)
    fault = await fault_in(adapter.deliver(to(group, message("two").with_attachments(POOL, POOL))))
    assert isinstance(fault, OutcomeUnknown)
    assert not fault.repeatable


async def test_an_edit_shows_the_new_face_and_takes_old_buttons_away(server: BotApi, adapter: TelegramAdapter) -> None:
    group = server.group()
    ref = await adapter.deliver(to(group, message("one").with_rows((BUTTON,))))
    assert await adapter.deliver(to(group, "two", edits=ref.id)) == ref
    (post,) = group.said
    assert (post.text, post.buttons, [face["text"] for face in post.history]) == ("two", [], ["one"])


async def test_words_under_a_file_are_edited_too(server: BotApi, adapter: TelegramAdapter) -> None:
    group = server.group()
    ref = await adapter.deliver(to(group, message("one").with_attachments(POOL)))
    await adapter.deliver(to(group, message("two").with_attachments(POOL), edits=ref.id))
    assert [post.text for post in group.said] == ["two"]


async def test_an_edit_that_changes_nothing_is_a_success(server: BotApi, adapter: TelegramAdapter) -> None:
    group = server.group()
    ref = await adapter.deliver(to(group, "one"))
    assert await adapter.deliver(to(group, "one", edits=ref.id)) == ref


async def test_a_server_that_knows_no_dates_is_asked_once(server: BotApi, adapter: TelegramAdapter) -> None:
    group, said = server.group(), message(paragraph("until ", Moment("12:00", datetime(2026, 11, 21, 12, tzinfo=UTC))))
    await adapter.deliver(to(group, said))
    assert group.said[0].content["entities"][0]["unix_time"] == 1795262400
    server.world.knows_dates = False
    for _ in range(2):
        await adapter.deliver(to(group, said))
    assert [post.text for post in group.said] == ["until 12:00"] * 3
    assert server.calls.count("sendMessage") == 4


@pytest.mark.parametrize(
    ("refusal", "why"),
    [
        ((403, "bot was kicked from the supergroup chat"), "closed"),
        ((403, "bot was blocked by the user"), "closed"),
        ((400, "chat not found"), "closed"),
        ((400, "CHAT_WRITE_FORBIDDEN"), "closed"),
        ((400, "not enough rights to send text messages to the chat"), "closed"),
        ((400, "TOPIC_CLOSED"), "closed"),
        ((400, "message is too long"), "refused"),
        ((413, "Request Entity Too Large"), "refused"),
        ((302, "moved"), "refused"),
    ],
)
async def test_what_will_never_arrive(server: BotApi, adapter: TelegramAdapter, refusal: tuple[int, str], why: str) -> None:
    server.faults.refuse("sendMessage", *refusal)
    fault = await fault_in(adapter.deliver(to(server.group(), "x")))
    assert isinstance(fault, Undeliverable)
    assert fault.why == why


async def test_rooms_and_messages_that_are_gone(server: BotApi, adapter: TelegramAdapter) -> None:
    anna, group, topics = server.person("Anna"), server.group(), server.group(topics=True)
    ref = await adapter.deliver(to(group, "board"))
    group.deletes(group.said[0])
    gone = await fault_in(adapter.deliver(to(group, "edited", edits=ref.id)))
    theirs = anna.says(group, "/hi")
    not_mine = await fault_in(adapter.deliver(to(group, "edited", edits=str(theirs.id))))
    topic = topics.topic("Compost")
    topic.closed = True
    closed = await fault_in(adapter.deliver(to(topics, "x", thread=str(topic.id))))
    topics.deletes_topic(topic)
    lost = await fault_in(adapter.deliver(to(topics, "x", thread=str(topic.id))))
    topics.chat.general_closed = True
    general = await fault_in(adapter.deliver(to(topics, "x")))
    anna.kicks_bot(group)
    kicked = await fault_in(adapter.deliver(to(group, "x")))
    faults = [gone, not_mine, closed, lost, general, kicked]
    assert [fault.why for fault in faults] == ["message gone", "message gone", "thread gone", "thread gone", "closed", "closed"]


async def test_a_group_that_has_moved(server: BotApi, adapter: TelegramAdapter) -> None:
    small = server.group(kind="group")
    new = small.upgrades()
    fault = await fault_in(adapter.deliver(to(small, "x")))
    assert isinstance(fault, Moved)
    assert fault.to == ChatRef("telegram", str(new.id))


@pytest.mark.parametrize("seconds", [1, 35, 3600])
async def test_a_flood_is_waited_out_in_this_chat(server: BotApi, adapter: TelegramAdapter, seconds: int) -> None:
    group = server.group()
    server.faults.flood("sendMessage", seconds)
    fault = await fault_in(adapter.deliver(to(group, "x")))
    assert isinstance(fault, TryLater)
    assert (fault.seconds, fault.everywhere, group.said) == (seconds, False, [])


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"ok":false,"parameters":{"retry_after":"soon"}}', b'{"parameters":[{"retry_after":true}]}']
)
async def test_a_flood_told_oddly_is_waited_out_for_a_moment(server: BotApi, adapter: TelegramAdapter, body: bytes) -> None:
    server.faults.garbage("sendMessage", body, code=429)
    fault = await fault_in(adapter.deliver(to(server.group(), "x")))
    assert (type(fault), fault.seconds) == (TryLater, 1.0)


async def test_nobody_there_means_surely_not_sent(server: BotApi, adapter: TelegramAdapter) -> None:
    group = server.group()
    await server.stop()
    fault = await fault_in(adapter.deliver(to(group, "x")))
    assert (type(fault), fault.everywhere, group.said) == (TryLater, True, [])
    await server.start()
    await adapter.deliver(to(group, "y"))
    assert [post.text for post in group.said] == ["y"]


@pytest.mark.parametrize("token", ["1:wrong", "nonsense"])
async def test_a_token_that_is_not_taken_stops_everything_for_a_while(server: BotApi, bot: Any, token: str) -> None:
    adapter = bot.adapter(token=token)
    fault = await fault_in(adapter.deliver(to(server.group(), "x")))
    await adapter.close()
    assert (type(fault), fault.seconds, fault.everywhere) == (TryLater, 60, True)


Order = Callable[[BotApi, str], None]
ORDERS: dict[str, Order] = {
    "cut before it was done": lambda server, method: server.faults.cut(method, done=False),
    "cut after it was done": lambda server, method: server.faults.cut(method, done=True),
    "bad gateway": lambda server, method: server.faults.bad_gateway(method),
    "an answer that is no JSON": lambda server, method: server.faults.garbage(method, b"<html>"),
    "an answer that is no object": lambda server, method: server.faults.garbage(method, b"[1]"),
    "an answer without a result": lambda server, method: server.faults.garbage(method, b'{"ok": true}'),
    "an answer too deep to read": lambda server, method: server.faults.garbage(method, b"[" * 200_000),
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("edits", [False, True])
async def test_when_nobody_knows_only_an_edit_may_be_repeated(
    server: BotApi, adapter: TelegramAdapter, order: str, edits: bool
) -> None:
    group = server.group()
    ref = await adapter.deliver(to(group, "one"))
    ORDERS[order](server, "editMessageText" if edits else "sendMessage")
    fault = await fault_in(adapter.deliver(to(group, "two", edits=ref.id if edits else None)))
    assert isinstance(fault, OutcomeUnknown)
    assert fault.repeatable is edits


@pytest.mark.parametrize("body", [b'{"message_id":7}', b'{"message_id":7,"chat":5,"from":{},"reply_to_message":[1]}'])
async def test_of_what_was_sent_only_its_number_matters(server: BotApi, adapter: TelegramAdapter, body: bytes) -> None:
    server.faults.garbage("sendMessage", b'{"ok":true,"result":' + body + b"}")
    assert (await adapter.deliver(to(server.group(), "x"))).id == "7"


async def test_an_answer_that_does_not_come_is_not_waited_for_for_ever(server: BotApi, bot: Any) -> None:
    adapter, group = bot.adapter(), server.group()
    adapter.request.patience = 0.05
    server.faults.hang("sendMessage", done=True)
    fault = await fault_in(adapter.deliver(to(group, "x")))
    await adapter.close()
    assert (type(fault), fault.repeatable, len(group.said)) == (OutcomeUnknown, False, 1)
