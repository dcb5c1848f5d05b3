"""Private buttons as links, words in private, pins and pictures, against the Bot API test server."""

import pytest

from adapters.telegram import TelegramAdapter
from bot.chat import incoming as said
from bot.chat.action import action
from bot.chat.adapter import Delivery, TryLater
from bot.chat.message import Attachment, Button, message
from bot.chat.refs import ChatRef
from tests.adapters.telegram.scene import Scene
from tests.adapters.telegram.test_deliver import fault_in, to
from tests.support.botapi import BotApi

VOTE = Button("Vote", "🗳️", action("poll.ballot", 17), private=True)
OPEN = Button("Count me in", "🎩", action("join"))
PICTURE = Attachment("result.png", "image/png", b"\x89PNG")


@pytest.fixture
def scene() -> Scene:
    return Scene()


async def test_in_a_group_a_private_button_is_a_link_that_comes_back_as_it_was(
    server: BotApi, adapter: TelegramAdapter, scene: Scene
) -> None:
    group = server.group()
    await adapter.deliver(to(group, message("Shall we?").with_rows((VOTE, OPEN))))
    (post,) = group.said
    assert post.button("Vote")["url"] == "https://t.me/folkmoot_bot?start=poll_dballot_c17"
    assert post.data_of("Count me in") == "join"
    scene.anna.follows(post, "Vote")
    event = scene.event()
    assert event == said.LinkFollowed(event.origin, "poll.ballot:17")
    assert (event.origin.kind, event.origin.chat.id) == ("private", str(scene.anna.id))


async def test_in_private_it_is_an_ordinary_one(server: BotApi, adapter: TelegramAdapter) -> None:
    anna = server.person("Anna")
    anna.starts()
    await adapter.deliver(to(anna.private, message("Your ballot.").with_rows((VOTE,))))
    assert anna.private.said[0].data_of("Vote") == "poll.ballot:17"


async def test_who_the_bot_is_not_told_means_surely_not_sent(server: BotApi, adapter: TelegramAdapter) -> None:
    group = server.group()
    server.faults.cut("getMe", done=True)
    fault = await fault_in(adapter.deliver(to(group, message("Shall we?").with_rows((VOTE,)))))
    assert isinstance(fault, TryLater)
    assert group.said == []


@pytest.mark.parametrize("carried", ["", "hello", "a_b_c", "poll.ballot", "_c17", "poll_dballot_c"])
def test_any_other_link_is_a_plain_start(scene: Scene, carried: str) -> None:
    scene.anna.says(scene.anna.private, f"/start {carried}".strip())
    event = scene.event()
    assert event == said.CommandSent(event.origin, "start", carried, addressed=True)


def test_in_a_group_nothing_comes_by_link(scene: Scene) -> None:
    scene.anna.says(scene.group, "/start poll_dballot_c17")
    assert isinstance(scene.event(), said.CommandSent)


def test_plain_words_and_numbers_in_private_are_for_the_newest_question(scene: Scene) -> None:
    for typed in ("Because of the frost.", "2"):
        scene.anna.says(scene.anna.private, typed)
    words, number = scene.events()
    assert isinstance(words, said.Replied)
    assert (words.text, words.quoted) == ("Because of the frost.", said.Quoted("", mine=True))
    assert isinstance(number, said.KeyPressed)
    assert (number.key, number.message_id, number.typed) == ("2", None, True)


def test_the_part_that_somebody_chose_is_what_is_quoted(scene: Scene) -> None:
    post = scene.anna.says(scene.group, "Hazels, walnuts, or neither.")
    content = {"text": "/quote", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
    for manual in (True, False):
        quote = {"text": "Hazels", "position": 0} | ({"is_manual": True} if manual else {})
        scene.anna.sends(scene.group, content | {"quote": quote}, sender=scene.anna.user, reply_to=post)
    commands = [event for event in scene.events() if isinstance(event, said.CommandSent)]
    assert [event.quoted.text for event in commands if event.quoted] == ["Hazels", "Hazels, walnuts, or neither."]


@pytest.mark.parametrize("rank", ["administrator", "member"])
async def test_a_message_is_pinned_where_the_bot_may_do_that(server: BotApi, adapter: TelegramAdapter, rank: str) -> None:
    group = server.group(bot=rank)  # type: ignore[arg-type]
    ref = await adapter.deliver(to(group, "Decided.", pin=True))
    assert group.chat.pinned == ([int(ref.id)] if rank == "administrator" else [])
    await adapter.deliver(to(group, "Decided again.", pin=True, edits=ref.id))
    assert server.calls.count("pinChatMessage") == 1


async def test_a_picture_is_shown_as_one_and_its_words_can_be_edited(server: BotApi, adapter: TelegramAdapter) -> None:
    group = server.group()
    ref = await adapter.deliver(to(group, message("Hazels: 5").with_attachments(PICTURE)))
    await adapter.deliver(to(group, message("Hazels: 6").with_attachments(PICTURE), edits=ref.id))
    (post,) = group.said
    assert (post.text, "photo" in post.content) == ("Hazels: 6", True)


async def test_a_picture_that_is_too_long_goes_as_a_file(server: BotApi, adapter: TelegramAdapter) -> None:
    group = server.group()
    server.faults.refuse("sendPhoto", 400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    await adapter.deliver(Delivery(ChatRef("telegram", str(group.id)), message().with_attachments(PICTURE), "fm-1"))
    (post,) = group.said
    assert post.content["document"]["file_name"] == "result.png"
