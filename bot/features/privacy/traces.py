"""What somebody is known by, and finding it in what the bot has kept."""

import base64
import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any

LONG = 5  # characters of an id, or of words, that are looked for in other words; shorter ones could be anybody's
GONE = "…"
UNREADABLE = ("application/pdf", "application/zip", "image/png")  # kinds of files that may tell of anybody in the group


@dataclass(frozen=True)
class Traces:
    """`names`: names, handles and ids as they stand in words. `labels`: as documents have them. `words`: what they said."""

    names: Collection[str]
    refs: Collection[str]
    labels: Collection[str]
    words: Collection[str]

    @cached_property
    def known(self) -> re.Pattern[str]:
        """Names as whole words, whatever the case."""
        spoken = [name for name in self.names if name] + [ref for ref in self.refs if len(ref) >= LONG]
        either = "|".join(map(re.escape, sorted(spoken, key=len, reverse=True))) or r"(?!)"
        return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)

    def names_them(self, text: str) -> bool:
        return bool(self.known.search(text)) or any(label in text.split() for label in self.labels)

    def says_theirs(self, text: str) -> bool:
        return any(word == text or (len(word) >= LONG and word in text) for word in self.words)

    def is_in(self, value: Any) -> bool:
        """In any text of it, or in a file's."""
        return any(text in self.refs or self.names_them(text) or self.says_theirs(text) for text in texts_in(value))

    def replaced(self, value: Any, instead: str) -> Any:
        """The same with other words for their names, and without theirs."""
        return mapped(value, lambda text: self.unsaid(self.known.sub(instead, text)))

    def unsaid(self, text: str) -> str:
        for word in sorted(self.words, key=len, reverse=True):
            text = GONE if word == text else text.replace(word, GONE) if len(word) >= LONG else text
        return text


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: mapped(each, change) for key, each in value.items()}
    return [mapped(each, change) for each in value] if isinstance(value, list) else value


def opened(body: dict[str, Any]) -> dict[str, Any]:
    """A message as JSON, with its files as text."""
    return {**body, "attachments": [[name, as_text(kind, content)] for name, kind, content in body["attachments"]]}


def as_text(kind: str, content: str) -> str:
    text = base64.b64decode(content).decode("utf-8", "replace")
    match kind:
        case "text/html":
            return unescape(text)
        case "text/calendar":
            return text.replace("\r\n ", "")  # whose lines are folded anywhere
    return text


def is_closed(body: dict[str, Any]) -> bool:
    """Whether it has a file into which nobody can look."""
    return any(kind in UNREADABLE for _, kind, _ in body["attachments"])


def raw_spellings(text: str) -> set[str]:
    """As it may stand in raw JSON."""
    return {text, json.dumps(text)[1:-1]}
