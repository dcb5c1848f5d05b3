"""What the story of a draw says besides its announcement and its result."""

from collections.abc import Iterator
from datetime import datetime

from bot.chat.message import Block, paragraph
from bot.features.lots.texts import DrawFacts
from bot.language import Voice


def called(v: Voice, name: str, at: datetime) -> Iterator[Block]:
    yield paragraph(*v.line("{name} asked for it on {time}.", name=name, time=v.moment_span(at)))


def state(v: Voice, f: DrawFacts) -> Iterator[Block]:
    if f.cancelled:
        yield paragraph(v._("It was called off."))
    else:
        yield paragraph(v._("The lots are not drawn yet."))
