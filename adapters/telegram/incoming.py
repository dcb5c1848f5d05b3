"""One raw update as what it means to us: our own reading, so that edits, forwards and channels never vote. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from adapters.telegram import membership, speech
from adapters.telegram.origins import Me, origin_of, person_of
from adapters.telegram.reading import Json, number, part, parts, text
from bot.chat.incoming import ButtonTapped, ChatMoved, Incoming, MemberJoined, MemberLeft, Received
from bot.chat.refs import ChatRef

DEEPEST = 200  # levels of JSON


@dataclass(frozen=True, slots=True)
class Reading:
    """An update read: its event, if it concerns us, and the press that wants an answer."""

    received: Received
    tap_id: str = ""


def read(update: Any, me: Me) -> Reading:
    """Never raises; what cannot be read carries its fault."""
    try:
        return reading_of(update, me)
    except Exception as fault:
        name = f"update:{update.get('update_id')}" if isinstance(update, dict) else "update:?"
        return Reading(Received((name,), raw_of(update), fault=type(fault).__name__), tap_of(update))


def reading_of(update: Any, me: Me) -> Reading:
    update_id = number(update, "update_id")
    if update_id is None:
        raise ValueError("no update id")
    names, tap_id = [f"update:{update_id}"], tap_of(update)
    if tap_id:
        names.append(f"tap:{tap_id}")
    return Reading(Received(tuple(names), raw_of(update), event_in(update, me)), tap_id)


def tap_of(update: Any) -> str:
    return text(part(update, "callback_query"), "id")


def raw_of(update: Any) -> str:
    try:
        return json.dumps(update, ensure_ascii=True)
    except (ValueError, RecursionError):
        return "{}"


def event_in(update: Json, me: Me) -> Incoming | None:
    if "callback_query" in update:
        return tapped(part(update, "callback_query"))
    if "message" in update:
        return message_event(required(update, "message"), me)
    if "my_chat_member" in update:
        return membership.of_bot(required(update, "my_chat_member"))
    if "chat_member" in update:
        return membership.of_member(required(update, "chat_member"))
    return None


def required(update: Json, key: str) -> Json:
    """What every such update has; ValueError for a malformed one."""
    found = part(update, key)
    if number(part(found, "chat"), "id") is None or not isinstance(found.get("text", ""), str):
        raise ValueError("no chat")
    if key == "message" and number(found, "message_id") is None:
        raise ValueError("no message id")
    return found


def tapped(query: Json) -> ButtonTapped | None:
    """A press on a message in a chat; one on an inline message, or without data, means nothing here."""
    if not text(query, "id") or number(part(query, "from"), "id") is None:
        raise ValueError("a press by nobody")
    message = part(query, "message")
    origin = origin_of(message, query)
    if origin is None or "data" not in query:
        return None
    return ButtonTapped(origin, text(query, "data"))


def message_event(message: Json, me: Me) -> Incoming | None:
    if (to := number(message, "migrate_to_chat_id")) is not None:
        origin = origin_of(message, message)
        return ChatMoved(origin, ChatRef("telegram", str(to))) if origin else None
    if left := part(message, "left_chat_member"):
        return departed(message, left, me)
    if joined := parts(message, "new_chat_members"):
        return arrived(message, joined, me)
    return speech.event_of(message, me)


def departed(message: Json, left: Json, me: Me) -> Incoming | None:
    origin = person_of(message, left)
    return MemberLeft(origin) if origin and number(left, "id") != me.id else None


def arrived(message: Json, joined: Sequence[Json], me: Me) -> Incoming | None:
    """The first of them; nobody is on the roll before saying so themselves."""
    origin = person_of(message, joined[0])
    return MemberJoined(origin) if origin and number(joined[0], "id") != me.id else None
