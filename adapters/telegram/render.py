"""A message as Telegram takes it: text, entities counted in UTF-16 units, an inline keyboard. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, User

from bot.chat.message import Block, Button, Link, Mention, Message, Moment, Span, Text

MARKS = {"paragraph": "", "bullet": "• ", "quote": ""}
STYLES = {"bold": MessageEntity.BOLD, "italic": MessageEntity.ITALIC, "code": MessageEntity.CODE}
DATE_TIME = "date_time"
WIDEST, MOST = 8, 100  # buttons in a row, and in all
UNSOUND = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
NOTHING = "…"  # a message without words cannot be sent


@dataclass(frozen=True, slots=True)
class Rendered:
    text: str
    entities: tuple[MessageEntity, ...]
    keyboard: InlineKeyboardMarkup | None


def render(message: Message, dates: bool = True, link: str = "") -> Rendered:
    """`dates`: show moments in each reader's own zone as well, where the server can.

    `link`: begins the address to which private buttons lead; without it they are ordinary ones.
    """
    text, entities = "", list[MessageEntity]()
    for block in message.blocks:
        text += ("\n" if text else "") + MARKS[block.kind]
        start = units(text)
        for span in block.spans:
            entities += entity_of(span, units(text), dates)
            text += sound(span.text)
        entities += quote_of(block, start, units(text))
    return Rendered(text or NOTHING, tuple(entities), keyboard(message, link))


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def sound(text: str) -> str:
    """Without control characters and lone halves of pairs, which Telegram takes out or refuses; as long as before."""
    return UNSOUND.sub(" ", text)


def entity_of(span: Span, offset: int, dates: bool) -> Iterator[MessageEntity]:
    length = units(span.text)
    if length == 0:
        return
    match span:
        case Text(style="bold" | "italic" | "code" as style):
            yield MessageEntity(STYLES[style], offset, length)
        case Mention(person=person) if person.platform == "telegram" and person.id.isdecimal():
            yield MessageEntity(
                MessageEntity.TEXT_MENTION, offset, length, user=User(int(person.id), sound(span.name), is_bot=False)
            )
        case Moment(at=at) if dates:
            yield MessageEntity(DATE_TIME, offset, length, unix_time=at)
        case Link(url=url):
            yield MessageEntity(MessageEntity.TEXT_LINK, offset, length, url=url)


def quote_of(block: Block, start: int, end: int) -> list[MessageEntity]:
    return [MessageEntity(MessageEntity.BLOCKQUOTE, start, end - start)] if block.kind == "quote" and end > start else []


def keyboard(message: Message, link: str) -> InlineKeyboardMarkup | None:
    rows = [[key(button, link) for button in part] for row in message.rows for part in chunks(row)]
    return InlineKeyboardMarkup(rows) if rows else None


def chunks(row: Sequence[Button]) -> Iterator[Sequence[Button]]:
    return (row[start : start + WIDEST] for start in range(0, len(row), WIDEST))


def key(button: Button, link: str) -> InlineKeyboardButton:
    if button.private and link:
        return InlineKeyboardButton(sound(button.face), url=link + button.action.in_link)
    return InlineKeyboardButton(sound(button.face), callback_data=button.action.packed)
