"""One delivery as one Bot API call."""

import contextlib
from typing import Any

from telegram import Bot, InputFile, LinkPreviewOptions, Message, ReplyParameters
from telegram.error import BadRequest, TelegramError

from adapters.telegram.errors import NO_DATES, fault_of, is_unchanged, says
from adapters.telegram.render import Rendered, render, units
from adapters.telegram.request import MaybeSent, NotSent
from bot.chat.adapter import Delivery
from bot.chat.message import Attachment
from bot.chat.refs import MessageRef

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
LONGEST_CAPTION = 1024  # UTF-16 units
PICTURES = ("image/png", "image/jpeg")
NO_PICTURE = ("photo", "image_process_failed")  # of the reasons why something may yet go as a file


class Deliverer:
    """Remembers whether the server knows dates: it is asked once, and answered without them if it does not."""

    def __init__(self, bot: Bot) -> None:
        self.bot, self.dates, self.username = bot, True, ""

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """Raises a DeliveryFault."""
        try:
            ref = MessageRef(delivery.chat, await self.try_with_dates(delivery))
        except TelegramError as fault:
            if delivery.edits is not None and is_unchanged(fault):
                return MessageRef(delivery.chat, delivery.edits)
            raise fault_of(fault, delivery) from None
        if delivery.pin and delivery.edits is None:
            await self.pin(ref)
        return ref

    async def pin(self, ref: MessageRef) -> None:
        """Where the bot may not, the message stands all the same."""
        with contextlib.suppress(TelegramError):
            await self.bot.pin_chat_message(int(ref.chat.id), int(ref.id), disable_notification=True)

    async def try_with_dates(self, delivery: Delivery) -> str:
        try:
            return await self.put(delivery)
        except BadRequest as no:
            if not self.dates or not says(no, NO_DATES):
                raise
            self.dates = False
            return await self.put(delivery)

    async def put(self, delivery: Delivery) -> str:
        """The message's id."""
        shown = render(delivery.message, self.dates, await self.link(delivery))
        if delivery.edits is not None:
            await self.edit(delivery, shown, int(delivery.edits))
            return delivery.edits
        return str((await self.send(delivery, shown)).message_id)

    async def link(self, delivery: Delivery) -> str:
        """What the address of a private button begins with; empty where there is none, or it is private already."""
        if int(delivery.chat.id) > 0 or not any(button.private for button in delivery.message.buttons):
            return ""
        try:
            self.username = self.username or (await self.bot.get_me()).username or ""
        except MaybeSent:
            raise NotSent("nothing but a question") from None
        return f"https://t.me/{self.username}?start=" if self.username else ""

    async def edit(self, delivery: Delivery, shown: Rendered, message_id: int) -> None:
        place: Any = {"chat_id": int(delivery.chat.id), "message_id": message_id, "reply_markup": shown.keyboard}
        if is_caption(delivery, shown):
            await self.bot.edit_message_caption(caption=shown.text, caption_entities=shown.entities, **place)
        else:
            await self.bot.edit_message_text(shown.text, entities=shown.entities, link_preview_options=NO_PREVIEW, **place)

    async def send(self, delivery: Delivery, shown: Rendered) -> Message:
        """The message that the words are in."""
        place, files = where(delivery), delivery.message.attachments
        marked = place | {"reply_markup": shown.keyboard}
        if is_caption(delivery, shown):
            if delivery.message.blocks:
                marked |= {"caption": shown.text, "caption_entities": shown.entities}
            return await self.send_file(files[0], marked)
        sent = await self.bot.send_message(text=shown.text, entities=shown.entities, link_preview_options=NO_PREVIEW, **marked)
        await self.add(files, place)
        return sent

    async def send_file(self, file: Attachment, place: dict[str, Any]) -> Message:
        """A picture as one, unless it is too long or too large for that."""
        if file.media_type in PICTURES:
            try:
                return await self.bot.send_photo(photo=input_file(file), **place)
            except BadRequest as no:
                if not any(says(no, words) for words in NO_PICTURE):
                    raise
        return await self.bot.send_document(document=input_file(file), **place)

    async def add(self, files: tuple[Attachment, ...], place: dict[str, Any]) -> None:
        """Files that are too many for one message. The words have gone out already, so no failure is a plain one."""
        try:
            for file in files:
                await self.send_file(file, place)
        except TelegramError:
            raise MaybeSent("sent in part") from None


def is_caption(delivery: Delivery, shown: Rendered) -> bool:
    """Whether the words stand, or will stand, under the one file of the message."""
    return len(delivery.message.attachments) == 1 and units(shown.text) <= LONGEST_CAPTION


def input_file(file: Attachment) -> InputFile:
    return InputFile(file.content, filename=file.name)


def where(delivery: Delivery) -> dict[str, Any]:
    place: dict[str, Any] = {"chat_id": int(delivery.chat.id), "disable_notification": delivery.silent}
    if delivery.thread is not None:
        place["message_thread_id"] = int(delivery.thread)
    if delivery.reply_to is not None and delivery.reply_to.isdecimal():
        place["reply_parameters"] = ReplyParameters(int(delivery.reply_to), allow_sending_without_reply=True)
    return place
