"""One delivery as one Bot API call."""

from typing import Any

from telegram import Bot, InputFile, LinkPreviewOptions, ReplyParameters
from telegram.error import TelegramError

from adapters.telegram.errors import fault_of, is_unchanged
from adapters.telegram.render import render
from bot.chat.adapter import Delivery
from bot.chat.message import Attachment
from bot.chat.refs import MessageRef

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def deliver(bot: Bot, delivery: Delivery) -> MessageRef:
    """Raises a DeliveryFault."""
    try:
        if delivery.edits is not None:
            await edit(bot, delivery, int(delivery.edits))
            return MessageRef(delivery.chat, delivery.edits)
        return MessageRef(delivery.chat, str(await send(bot, delivery)))
    except TelegramError as fault:
        if delivery.edits is not None and is_unchanged(fault):
            return MessageRef(delivery.chat, delivery.edits)
        raise fault_of(fault, edits=delivery.edits is not None) from None


async def edit(bot: Bot, delivery: Delivery, message_id: int) -> None:
    shown = render(delivery.message)
    await bot.edit_message_text(
        shown.text,
        chat_id=int(delivery.chat.id),
        message_id=message_id,
        entities=shown.entities,
        reply_markup=shown.keyboard,
        link_preview_options=NO_PREVIEW,
    )


async def send(bot: Bot, delivery: Delivery) -> int:
    """The id of the message: words, or the one file that a delivery holds, with its caption."""
    shown, place = render(delivery.message), where(delivery)
    place["reply_markup"] = shown.keyboard
    for file in delivery.message.attachments:
        place |= {"caption": shown.text or None, "caption_entities": shown.entities}
        return (await bot.send_document(document=input_file(file), **place)).message_id
    sent = await bot.send_message(text=shown.text, entities=shown.entities, link_preview_options=NO_PREVIEW, **place)
    return sent.message_id


def input_file(file: Attachment) -> InputFile:
    return InputFile(file.content, filename=file.name)


def where(delivery: Delivery) -> dict[str, Any]:
    place: dict[str, Any] = {"chat_id": int(delivery.chat.id), "disable_notification": delivery.silent}
    if delivery.thread is not None:
        place["message_thread_id"] = int(delivery.thread)
    if delivery.reply_to is not None and delivery.reply_to.isdecimal():
        place["reply_parameters"] = ReplyParameters(int(delivery.reply_to), allow_sending_without_reply=True)
    return place
