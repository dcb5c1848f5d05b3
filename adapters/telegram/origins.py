"""Who said something, and where. Pure."""

from dataclasses import dataclass
from typing import Any

from adapters.telegram.reading import Json, number, part, text
from bot.chat.incoming import Origin
from bot.chat.refs import ChatRef, PersonRef

GROUPS = {"group", "supergroup"}
ANONYMOUS_ADMIN = 1087968824  # Telegram's GroupAnonymousBot
CHANNEL_BOT, SERVICE = 136817688, 777000  # who a channel's words, and its forwarded posts, come from


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account. `commands`: those it is known for; empty if nobody says."""

    id: int
    username: str = ""
    commands: frozenset[str] = frozenset()

    def may_be_meant(self, command: str, addressed: bool) -> bool:
        return addressed or not self.commands or command in self.commands


def origin_of(message: Json, speaker: Json) -> Origin | None:
    """`speaker["from"]` in `message["chat"]`; None outside of groups and private chats, or from nobody."""
    return person_of(message, part(speaker, "from"))


def person_of(message: Json, person: Json) -> Origin | None:
    chat = part(message, "chat")
    chat_id, person_id, kind = number(chat, "id"), number(person, "id"), text(chat, "type")
    if chat_id is None or person_id is None or kind not in {*GROUPS, "private"}:
        return None
    return Origin(
        ChatRef("telegram", str(chat_id)),
        PersonRef("telegram", str(person_id)),
        name=" ".join(filter(None, (text(person, "first_name"), text(person, "last_name")))),
        kind="group" if kind in GROUPS else "private",
        chat_title=text(chat, "title"),
        thread=thread_of(message),
        message_id=named(number(message, "message_id")),
        handle=text(person, "username"),
    )


def thread_of(message: Json) -> str | None:
    """The topic; a plain reply also has a thread id, but no topic."""
    return named(number(message, "message_thread_id")) if message.get("is_topic_message") is True else None


def named(number: Any) -> str | None:
    return None if number is None else str(number)
