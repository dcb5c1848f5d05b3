"""From a Message to the content of a Matrix event; nobody's text becomes markup here."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any
from urllib.parse import quote

from bot.chat.message import Block, Button, Link, Mention, Message, Span, Text, plain_lines
from bot.chat.refs import MessageRef

Content = dict[str, Any]
PLATFORM = "matrix"
LARGEST = 30_000  # characters of words beyond which the formatted copy is left out
TAGS = {"bold": "strong", "italic": "em", "code": "code"}
HTML = "org.matrix.custom.html"


def content(said: Message, silent: bool = False) -> Content:
    """Content of an m.room.message. Notices ring nobody's bell, so whoever is mentioned is told by ordinary text."""
    people = [mention.person.id for mention in said.mentions if mention.person.platform == PLATFORM]
    body = {"msgtype": "m.text" if people and not silent else "m.notice", "body": plain_body(said)}
    if len(body["body"]) < LARGEST:
        body |= {"format": HTML, "formatted_body": formatted(said)}
    return body | {"m.mentions": {"user_ids": list(dict.fromkeys(people))} if people and not silent else {}}


def replacement(said: Message, of: str) -> Content:
    """The same in place of an earlier message; it rings nobody a second time."""
    new = content(said)
    outer = new | {"body": f"* {new['body']}", "m.mentions": {}}
    if "formatted_body" in new:
        outer["formatted_body"] = f"* {new['formatted_body']}"
    return outer | {"m.new_content": new, "m.relates_to": {"rel_type": "m.replace", "event_id": of}}


def placed(content: Content, thread: str | None, reply_to: str | None) -> Content:
    """The content where it belongs: in a thread, as an answer, or neither."""
    answer = {"m.in_reply_to": {"event_id": reply_to or thread}} if reply_to or thread else {}
    if thread:
        return content | {"m.relates_to": {"rel_type": "m.thread", "event_id": thread, "is_falling_back": not reply_to} | answer}
    return content | ({"m.relates_to": answer} if answer else {})


def plain_body(said: Message) -> str:
    legend = [line(place, button) for place, button in enumerate(said.buttons, start=1)]
    parts = ["\n".join(plain_lines(said)), "\n".join(legend)]
    return "\n\n".join(part for part in parts if part)


def line(place: int, button: Button) -> str:
    """`🎩 1 · Shake the hat`: react with the first or type the second."""
    return f"{button.emoji} {place} · {button.label}".strip()


def formatted(said: Message) -> str:
    parts = "".join(block_html(blocks) for blocks in runs(said.blocks))
    legend = "<br>".join(escape(line(place, button)) for place, button in enumerate(said.buttons, start=1))
    return parts + (f"<p>{legend}</p>" if legend else "")


def runs(blocks: Iterable[Block]) -> list[list[Block]]:
    """Neighbouring blocks of one kind together."""
    found: list[list[Block]] = []
    for block in blocks:
        if found and found[-1][0].kind == block.kind:
            found[-1].append(block)
        else:
            found.append([block])
    return found


def block_html(blocks: list[Block]) -> str:
    lines = ["".join(map(span_html, block.spans)) for block in blocks]
    wrap: dict[str, Callable[[list[str]], str]] = {
        "paragraph": lambda lines: "".join(f"<p>{words}</p>" for words in lines),
        "bullet": lambda lines: "<ul>" + "".join(f"<li>{words}</li>" for words in lines) + "</ul>",
        "quote": lambda lines: "<blockquote>" + "<br>".join(lines) + "</blockquote>",
    }
    return wrap[blocks[0].kind](lines)


def permalink(ref: MessageRef, user_id: str) -> str | None:
    """By way of the server on which the room was made; of a room whose id names none, by way of the bot's own."""
    if not ref.chat.id.startswith("!"):
        return None
    via = (ref.chat.id if ":" in ref.chat.id else user_id).partition(":")[2]
    return f"https://matrix.to/#/{quote(ref.chat.id, safe='')}/{quote(ref.id, safe='')}?via={quote(via, safe=':')}"


def span_html(span: Span) -> str:
    words = escape(span.text).replace("\n", "<br>")
    if isinstance(span, Mention) and span.person.platform == PLATFORM:
        return f'<a href="https://matrix.to/#/{escape(quote(span.person.id, safe="@:"))}">{words}</a>'
    if isinstance(span, Link):
        return f'<a href="{escape(span.url)}">{words}</a>'
    if isinstance(span, Text) and span.style in TAGS:
        return f"<{TAGS[span.style]}>{words}</{TAGS[span.style]}>"
    return words
