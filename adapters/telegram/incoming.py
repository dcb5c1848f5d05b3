"""One raw update as what it means to us: our own reading, so that edits, forwards and channels never vote. Pure."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from adapters.telegram import membership, speech
from adapters.telegram.origins import Me, origin_of, person_of
from adapters.telegram.reading import Json, number, part, parts, text
from bot.chat.incoming import ButtonTapped, ChatMoved, Incoming, MemberJoined, MemberLeft, Received
from bot.chat.refs import ChatRef

LONGEST_ID = 100  # characters
MOST_TOGETHER = 200  # people; more than Telegram lets anybody add at once


@dataclass(frozen=True, slots=True)
class Reading:
    """An update read: its event, if it concerns us, and the press that wants an answer."""

    received: Received
    tap_id: str = ""


def readings(update: Any, me: Me) -> list[Reading]:
    """What an update brings: one event, or one for each of those who came in together."""
    return [read(each, me, place) for place, each in enumerate(apart(update))]


def apart(update: Any) -> list[Any]:
    """The update, once for each person whom it brings in."""
    message = part(update, "message")
    joined = parts(message, "new_chat_members")[:MOST_TOGETHER]
    return [update | {"message": message | {"new_chat_members": [each]}} for each in joined] or [update]


def read(update: Any, me: Me, place: int = 0) -> Reading:
    """Never raises; what cannot be read carries its fault. `place`: among the events of this update."""
    raw = raw_of(update)
    try:
        event = event_in(required(update), me)
        names = tuple(names_of(update, raw, event, place))
        return Reading(Received(names, raw, event, passed_over=speech.passed_over(update, me)), tap_of(update))
    except Exception as fault:
        return Reading(Received(tuple(names_of(update, raw, None, place)), raw, fault=type(fault).__name__), tap_of(update))


def read_again(raw: str, names: tuple[str, ...], me: Me) -> Received:
    """An event that was stored as it came."""
    update = required(json.loads(raw))
    return Received(names, raw, event_in(update, me), passed_over=speech.passed_over(update, me))


def tap_in(raw: str) -> str:
    """Of such an event, the press that wants an answer; else empty."""
    try:
        return tap_of(json.loads(raw))
    except (ValueError, RecursionError):
        return ""


def required(update: Any) -> Json:
    if number(update, "update_id") is None:
        raise ValueError("no update id")
    found: Json = update
    return found


def names_of(update: Any, raw: str, event: Incoming | None, place: int) -> Iterator[str]:
    """All that the same event may come under again: after a renumbering, or as news of another kind."""
    update_id = number(update, "update_id")
    named = f"update:{update_id}" if update_id is not None else f"raw:{hashlib.sha256(raw.encode()).hexdigest()}"
    yield f"{named}+{place}" if place else named
    if tap_id := tap_of(update):
        yield f"tap:{tap_id}"
    elif isinstance(event, MemberJoined | MemberLeft):
        when = number(part(update, "chat_member") or part(update, "message"), "date")
        way = "in" if isinstance(event, MemberJoined) else "out"
        yield f"{way}:{event.origin.chat.id}:{event.origin.person.id}:{when}"
    elif event is not None and "message" in update:
        yield f"message:{event.origin.chat.id}:{event.origin.message_id}"


def tap_of(update: Any) -> str:
    """The press's id, as far as it can be one; else empty."""
    found = text(part(update, "callback_query"), "id")
    return found if found.isascii() and found.isalnum() and len(found) <= LONGEST_ID else ""


def raw_of(update: Any) -> str:
    try:
        return json.dumps(update, ensure_ascii=True)
    except (ValueError, RecursionError):
        return "{}"


def event_in(update: Json, me: Me) -> Incoming | None:
    if "callback_query" in update:
        return tapped(part(update, "callback_query"))
    if "message" in update:
        return message_event(somewhere(update, "message"), me)
    if "my_chat_member" in update:
        return membership.of_bot(somewhere(update, "my_chat_member"))
    if "chat_member" in update:
        return membership.of_member(somewhere(update, "chat_member"))
    return None


def somewhere(update: Json, key: str) -> Json:
    """What every such update has; ValueError for a malformed one."""
    found = part(update, key)
    if number(part(found, "chat"), "id") is None or not isinstance(found.get("text", ""), str):
        raise ValueError("no chat")
    if key == "message" and number(found, "message_id") is None:
        raise ValueError("no message id")
    return found


def tapped(query: Json) -> ButtonTapped | None:
    """A press on a message in a chat; one on an inline message, or without data, means nothing here."""
    if not tap_of({"callback_query": query}) or number(part(query, "from"), "id") is None:
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
        return arrived(message, joined[0], me)
    return speech.event_of(message, me)


def departed(message: Json, left: Json, me: Me) -> Incoming | None:
    origin = person_of(message, left)
    return MemberLeft(origin) if origin and number(left, "id") != me.id else None


def arrived(message: Json, joined: Json, me: Me) -> Incoming | None:
    origin = person_of(message, joined)
    return MemberJoined(origin) if origin and number(joined, "id") != me.id else None
