"""What `folkmoot doctor` asks of Telegram: facts by name, the words are elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Bot, ChatMember, ChatMemberAdministrator, ChatMemberRestricted
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from adapters.telegram.request import AiohttpRequest
from bot.chat.refs import ChatRef


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing looked at; `code` says what is wrong when it is not well."""

    name: str
    ok: bool
    code: str = ""


async def examine(token: str, base_url: str, rooms: Sequence[ChatRef], webhook: str = "") -> list[Fact]:
    """Token, webhook, privacy mode, and the bot's place in each room it knows."""
    request = AiohttpRequest()
    try:
        bot = Bot(token, base_url, request=request, get_updates_request=request)
        return [*await account_facts(bot, webhook), *[await room_fact(bot, room) for room in rooms]]
    except InvalidToken:
        return [Fact("token", False, "token refused")]
    except TelegramError:
        return [Fact("connection", False, "unreachable")]
    finally:
        await request.shutdown()


async def account_facts(bot: Bot, webhook: str) -> list[Fact]:
    me, found = await bot.get_me(), await bot.get_webhook_info()
    return [
        Fact("token", True),
        Fact("its webhook is set", found.url == webhook, "webhook not set")
        if webhook
        else Fact("no webhook is set", not found.url, "webhook set"),
        Fact("may be added to groups", me.can_join_groups is not False, "no groups"),
        Fact("privacy mode is on", not me.can_read_all_group_messages, "reads all"),
    ]


def may_write(place: ChatMember) -> bool:
    silenced = isinstance(place, ChatMemberRestricted) and not place.can_send_messages
    return place.status not in {"left", "kicked"} and not silenced


async def room_fact(bot: Bot, room: ChatRef) -> Fact:
    try:
        place = await bot.get_chat_member(int(room.id), bot.id)
    except (BadRequest, Forbidden):
        return Fact("a room", False, "not in room")
    admin = isinstance(place, ChatMemberAdministrator)
    return Fact(
        "a room, as an admin without need" if admin else "a room, as a member",
        may_write(place),
        "not in room",
    )
