"""The methods of the Bot API that there are here, by name."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.support.botapi import asking, editing, sending
from tests.support.botapi.args import Args
from tests.support.botapi.refusal import bad
from tests.support.botapi.state import Json
from tests.support.botapi.world import World

Method = Callable[[World, Args], Any]


async def get_updates(world: World, args: Args) -> list[Json]:
    if args.text("allowed_updates"):
        kinds = args.json("allowed_updates")
        world.queue.allow(kinds if isinstance(kinds, list) else ())
    limit = min(max(args.number("limit", 100), 1), 100)
    return await world.polling.fetch(args.number("offset"), limit, max(args.number("timeout"), 0))


def set_webhook(world: World, args: Args) -> bool:
    url = args.text("url")
    if url and not url.startswith("https://"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    world.polling.set_webhook(url)
    world.pushing.set(url, args.text("secret_token"))
    if args.text("allowed_updates"):
        kinds = args.json("allowed_updates")
        world.queue.allow(kinds if isinstance(kinds, list) else ())
    return True


def delete_webhook(world: World, args: Args) -> bool:
    if args.flag("drop_pending_updates"):
        world.queue.drop_all()
    world.polling.set_webhook("")
    world.pushing.set("", "")
    return True


def webhook_info(world: World, args: Args) -> Json:
    waiting = len(world.queue.waiting)
    failed = {"last_error_date": world.pushing.last_error_at} if world.pushing.last_error_at else {}
    return {"url": world.polling.webhook, "has_custom_certificate": False, "pending_update_count": waiting} | failed


METHODS: dict[str, Method | Callable[[World, Args], Awaitable[Any]]] = {
    "getMe": asking.get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "sendPhoto": sending.send_photo,
    "sendMediaGroup": sending.send_media_group,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "pinChatMessage": editing.pin_chat_message,
    "answerCallbackQuery": asking.answer_callback_query,
    "setMyCommands": asking.set_my_commands,
    "getMyCommands": asking.get_my_commands,
    "getChat": asking.get_chat,
    "getChatMember": asking.get_chat_member,
    "getChatAdministrators": asking.get_chat_administrators,
    "getChatMemberCount": asking.get_chat_member_count,
    "leaveChat": asking.leave_chat,
    "getFile": asking.get_file,
}
BY_LOWER_NAME = {name.casefold(): name for name in METHODS}
