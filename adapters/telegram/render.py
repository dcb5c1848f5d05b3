"""A message as Telegram takes it: text, entities counted in UTF-16 units, an inline keyboard. Pure."""

from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, User

from bot.chat.message import Block, Mention, Message, Span, Text

MARKS = {"paragraph": "", "bullet": "• ", "quote": ""}
STYLES = {"bold": MessageEntity.BOLD, "italic": MessageEntity.ITALIC, "code": MessageEntity.CODE}


@dataclass(frozen=True, slots=True)
class Rendered:
    text: str
    entities: tuple[MessageEntity, ...]
    keyboard: InlineKeyboardMarkup | None


def render(message: Message) -> Rendered:
    text, entities = "", []
    for block in message.blocks:
        text += ("\n" if text else "") + MARKS[block.kind]
        start = units(text)
        for span in block.spans:
            entities += entity_of(span, units(text))
            text += span.text
        entities += quote_of(block, start, units(text))
    return Rendered(text, tuple(entities), keyboard(message))


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def entity_of(span: Span, offset: int) -> list[MessageEntity]:
    length = units(span.text)
    if length == 0:
        return []
    if isinstance(span, Text) and span.style != "plain":
        return [MessageEntity(STYLES[span.style], offset, length)]
    if isinstance(span, Mention) and span.person.id.isdecimal():
        return [MessageEntity(MessageEntity.TEXT_MENTION, offset, length, user=User(int(span.person.id), span.name, is_bot=False))]
    return []


def quote_of(block: Block, start: int, end: int) -> list[MessageEntity]:
    return [MessageEntity(MessageEntity.BLOCKQUOTE, start, end - start)] if block.kind == "quote" and end > start else []


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """None only if there never were buttons: an empty keyboard takes those of an edited message away."""
    rows = [[InlineKeyboardButton(button.face, callback_data=button.action.packed) for button in row] for row in message.rows]
    return InlineKeyboardMarkup(rows) if rows else None
