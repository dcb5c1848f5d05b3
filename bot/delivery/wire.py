"""Cutting a message into pieces that any platform takes, so that one promise is one sending."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from bot.chat.message import Block, Mention, Message, Span, Text, plain

LIMIT = 3_500  # UTF-16 units of plain words; Telegram takes 4,096 with its markup
JOINER, LONGEST_EMOJI = "\u200d", 64  # characters
SKIN, TAGS = ("\U0001f3fb", "\U0001f3ff"), ("\U000e0020", "\U000e007f")
FLAG_LETTERS = "".join(chr(0x1F1E6 + n) for n in range(26))


def units(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def pieces(message: Message, limit: int = LIMIT) -> tuple[Message, ...]:
    """The message in parts of at most `limit` units each, cut between blocks where possible; buttons go with the last
    words, and each attachment follows in a part of its own: every part is one sending."""
    words = [Message(tuple(blocks)) for blocks in filled_pages(message.blocks, limit)] or [Message()]
    words[-1] = replace(words[-1], rows=message.rows, poll=message.poll)
    if not message.attachments:
        return tuple(words)
    files = (Message(attachments=(attachment,)) for attachment in message.attachments)
    return (*(part for part in words if part.blocks or part.rows), *files)


def one_piece(message: Message, limit: int = LIMIT) -> Message:
    """The message cut short to a single part: for boards, which are edited in place."""
    first, *rest = filled_pages(message.blocks, limit - 4) or [[]]
    return replace(message, blocks=(*first, Block("paragraph", (Text("…"),))) if rest else message.blocks)


def filled_pages(blocks: tuple[Block, ...], limit: int) -> list[list[Block]]:
    pages: list[list[Block]] = []
    room = 0
    for block in (part for whole in blocks for part in cut(whole, limit)):
        size = units(plain(Message((block,)))) + 1
        if not pages or size > room:
            pages.append([])
            room = limit
        pages[-1].append(block)
        room -= size
    return pages


def cut(block: Block, limit: int) -> Iterator[Block]:
    """The block, or as many blocks of its kind as its length asks for; a mention is never cut."""
    line: list[Span] = []
    room = limit - 4
    for span in (part for whole in block.spans for part in cut_span(whole, limit - 4)):
        if units(span.text) > room and line:
            yield replace(block, spans=tuple(line))
            line, room = [], limit - 4
        line.append(span)
        room -= units(span.text)
    yield replace(block, spans=tuple(line))


def cut_span(span: Span, limit: int) -> Iterator[Span]:
    if not isinstance(span, Text):
        yield span if units(span.text) <= limit or not isinstance(span, Mention) else replace(span, name=span.name[: limit // 2])
        return
    rest = span.text
    while units(rest) > limit:
        end = cut_place(rest, limit)
        yield replace(span, text=rest[:end])
        rest = rest[end:]
    yield replace(span, text=rest)


def cut_place(text: str, limit: int) -> int:
    """Where to cut so that at most `limit` units come before: after a line or word if there is one, never inside an emoji."""
    end = limit
    while units(text[:end]) > limit:
        end -= max(1, (units(text[:end]) - limit) // 2)
    for border in ("\n", " "):
        place = text.rfind(border, end // 2, end) + 1
        if place and not goes_through(text, place):
            return place
    return next((place for place in range(end, max(0, end - LONGEST_EMOJI), -1) if not goes_through(text, place)), end)


def goes_through(text: str, place: int) -> bool:
    """Whether a cut at this place would go through one letter, emoji or flag."""
    before, after = text[place - 1], text[place]
    marked = unicodedata.category(after) in {"Mn", "Mc", "Me"} or SKIN[0] <= after <= SKIN[1] or TAGS[0] <= after <= TAGS[1]
    flags = len(text[:place]) - len(text[:place].rstrip(FLAG_LETTERS))
    return marked or JOINER in (before, after) or (flags % 2 == 1 and after in FLAG_LETTERS)
