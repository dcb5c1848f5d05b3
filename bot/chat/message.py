"""A message as frozen data: blocks of spans, rows of buttons, attachments; no markup outside an adapter's render.py."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from bot.chat.action import Action
from bot.chat.refs import PersonRef

Style = Literal["plain", "bold", "italic", "code"]
Kind = Literal["paragraph", "bullet", "quote"]
AsPoll = Literal["no", "if encrypted", "yes"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words in one style."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person by name; the platform notifies them."""

    person: PersonRef
    name: str

    @property
    def text(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, worded in the group's zone; a platform that can may show it in each reader's own."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address, which a platform's adapter has given (see Adapter.link)."""

    text: str
    url: str


Span = Text | Mention | Moment | Link


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, bullet or quote."""

    kind: Kind
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: on Telegram an inline button, on Matrix a seeded reaction with `emoji`, in the terminal a number.

    `private`: a press leads into the person's private chat with the bot; its verb stands in `Feature.private_taps`.
    """

    label: str
    emoji: str
    action: Action
    private: bool = False

    def __post_init__(self) -> None:
        if self.private and not self.action.fits_a_link:
            raise ValueError("a private button's action has a subject, and fits a link of 64 letters")

    @property
    def face(self) -> str:
        return f"{self.emoji} {self.label}".strip()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along with a message."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What the bot says, before any platform has had a hand in it.

    `poll`: the buttons are one choice of several, which a platform with native polls may show as one.
    """

    blocks: tuple[Block, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    poll: AsPoll = "no"

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(span for block in self.blocks for span in block.spans if isinstance(span, Mention))

    def with_rows(self, *rows: tuple[Button, ...]) -> "Message":
        return replace(self, rows=rows)

    def as_poll(self, shown: AsPoll = "if encrypted") -> "Message":
        return replace(self, poll=shown)

    def with_attachments(self, *attachments: Attachment) -> "Message":
        return replace(self, attachments=attachments)

    def __add__(self, other: "Message") -> "Message":
        attachments = self.attachments + other.attachments
        poll = self.poll if other.poll == "no" else other.poll
        return Message(self.blocks + other.blocks, self.rows + other.rows, attachments, poll)


def paragraph(*parts: Span | str) -> Block:
    return Block("paragraph", spans_of(parts))


def bullet(*parts: Span | str) -> Block:
    return Block("bullet", spans_of(parts))


def quoted(*parts: Span | str) -> Block:
    return Block("quote", spans_of(parts))


def message(*blocks: Block | str) -> Message:
    """A message of blocks; a bare string becomes a paragraph."""
    return Message(tuple(paragraph(block) if isinstance(block, str) else block for block in blocks))


def spans_of(parts: tuple[Span | str, ...]) -> tuple[Span, ...]:
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def plain(said: Message) -> str:
    """The words alone, one block a line, as a platform without markup shows them."""
    return "\n".join(plain_lines(said))


def plain_lines(said: Message) -> Iterator[str]:
    marks = {"paragraph": "", "bullet": "• ", "quote": "> "}
    for block in said.blocks:
        yield marks[block.kind] + block.text


def to_json(said: Message) -> dict[str, Any]:
    """Plain lists and dicts that `from_json` turns back into an equal message."""
    return {
        "blocks": [[block.kind, [span_to_json(span) for span in block.spans]] for block in said.blocks],
        "rows": [[[b.label, b.emoji, b.action.packed, *([True] if b.private else [])] for b in row] for row in said.rows],
        "attachments": [[a.name, a.media_type, base64.b64encode(a.content).decode()] for a in said.attachments],
        **({} if said.poll == "no" else {"poll": said.poll}),
    }


def from_json(data: dict[str, Any]) -> Message:
    return Message(
        tuple(Block(kind, tuple(map(span_from_json, spans))) for kind, spans in data["blocks"]),
        tuple(tuple(map(button_from_json, row)) for row in data["rows"]),
        tuple(Attachment(name, kind, base64.b64decode(content)) for name, kind, content in data["attachments"]),
        data.get("poll", "no"),
    )


def button_from_json(data: list[Any]) -> Button:
    label, emoji, packed, *private = data
    return Button(label, emoji, Action.unpack(packed), private=bool(private))


def span_to_json(span: Span) -> list[str]:
    match span:
        case Mention(person, name):
            return ["mention", name, person.platform, person.id]
        case Moment(text, at):
            return ["moment", text, at.isoformat()]
        case Link(text, url):
            return ["link", text, url]
        case Text(text, style):
            return [style, text]


def span_from_json(data: list[str]) -> Span:
    match data:
        case ["mention", name, platform, person_id]:
            return Mention(PersonRef(platform, person_id), name)
        case ["moment", text, at]:
            return Moment(text, datetime.fromisoformat(at))
        case ["link", text, url]:
            return Link(text, url)
        case ["plain" | "bold" | "italic" | "code" as style, text]:
            return Text(text, style)
    raise ValueError("not a span")
