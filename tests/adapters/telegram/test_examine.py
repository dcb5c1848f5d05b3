"""What `folkmoot doctor` finds out about a Telegram account and its rooms."""

import pytest

from adapters.telegram.examine import examine
from bot.chat.refs import ChatRef
from tests.support.botapi import BotApi, Room


def ref(room: Room) -> ChatRef:
    return ChatRef("telegram", str(room.id))


async def codes(server: BotApi, *rooms: Room, token: str = "") -> list[str]:
    """What is wrong."""
    facts = await examine(token or server.token, server.base_url, [ref(room) for room in rooms])
    return [fact.code for fact in facts if not fact.ok]


async def test_all_is_well(server: BotApi) -> None:
    assert await codes(server, server.group(), server.group(bot="administrator")) == []


async def test_what_the_account_lacks(server: BotApi) -> None:
    server.polling.set_webhook("https://example.org/hook")
    server.world.joins_groups = server.world.privacy = False
    assert await codes(server) == ["webhook set", "no groups", "reads all"]


async def test_rooms_that_the_bot_cannot_write_to(server: BotApi) -> None:
    anna = server.person("Anna")
    kicked, silenced, unknown, well = server.group(), server.group(), server.group(bot=None), server.group()
    anna.kicks_bot(kicked)
    anna.gives_bot(silenced, "restricted", may_send=False)
    assert await codes(server, kicked, silenced, unknown, well) == ["not in room"] * 3


@pytest.mark.parametrize("token", ["1:wrong", "nonsense"])
async def test_a_token_that_is_not_taken(server: BotApi, token: str) -> None:
    assert await codes(server, token=token) == ["token refused"]


async def test_nobody_there(server: BotApi) -> None:
    await server.stop()
    assert await codes(server) == ["unreachable"]
