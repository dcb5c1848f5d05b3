"""Commands and replies in a message. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from adapters.telegram.origins import ANONYMOUS_ADMIN, CHANNEL_BOT, SERVICE, Me, origin_of
from adapters.telegram.reading import Json, in_units, number, part, parts, text
from bot.chat.action import Action
from bot.chat.incoming import CommandSent, Incoming, KeyPressed, LinkFollowed, Origin, Quoted, Replied, Unsuitable
from bot.chat.refs import PersonRef

NOT_SAID_HERE = ("forward_origin", "forward_date", "via_bot", "is_automatic_forward", "edit_date")
LONGEST_NUMBER = 3
COMMAND = re.compile("[A-Za-z0-9_]{1,64}")
QUOTES = ("blockquote", "expandable_blockquote", "pre", "code")


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as it was typed; `addressed` to us by name."""

    name: str
    rest: str
    addressed: bool


def event_of(message: Json, me: Me) -> Incoming | None:
    origin = origin_of(message, message)
    if origin is None or any(mark in message for mark in NOT_SAID_HERE):
        return None
    typed = command_in(message, me)
    if why := nobody_in_person(message):
        return Unsuitable(origin, why) if typed and me.may_be_meant(typed.name, typed.addressed) else None
    if part(message, "from").get("is_bot") is True:
        return None
    if followed := link_in(typed, origin):
        return followed
    if typed is not None:
        quoted, mentions = quoted_in(message, me), tuple(mentions_in(message, me))
        addressed = typed.addressed or origin.kind == "private"
        return CommandSent(origin, typed.name, typed.rest, addressed, quoted, mentions, PersonRef("telegram", str(me.id)))
    return reply(message, origin, me)


def passed_over(update: Json, me: Me) -> Literal["", "edit", "forward"]:
    """Whether it is a command of ours, or an answer to us, that was not said here and now."""
    message = part(update, "edited_message") or part(update, "message")
    marks = [mark for mark in NOT_SAID_HERE if mark in message] or (["edit_date"] if "edited_message" in update else [])
    typed = command_in(message, me) if marks else None
    quoted = quoted_in(message, me) if marks else None
    if (typed and me.may_be_meant(typed.name, typed.addressed)) or (quoted and quoted.mine):
        return "edit" if "edit_date" in marks else "forward"
    return ""


def link_in(typed: Typed | None, origin: Origin) -> LinkFollowed | None:
    """A private button's link opens the private chat and says `/start` with what it carries."""
    if typed is None or typed.name != "start" or origin.kind != "private":
        return None
    try:
        return LinkFollowed(origin, Action.from_link(typed.rest).packed)
    except ValueError:
        return None


def nobody_in_person(message: Json) -> Literal["anonymous", "channel", ""]:
    """Where no person answers for the words."""
    sender = number(part(message, "from"), "id")
    if sender == ANONYMOUS_ADMIN or number(part(message, "sender_chat"), "id") == number(part(message, "chat"), "id") is not None:
        return "anonymous"
    return "channel" if "sender_chat" in message or sender in {CHANNEL_BOT, SERVICE} else ""


def command_in(message: Json, me: Me) -> Typed | None:
    """None if there is no command for us at the very start, outside of quotes and code."""
    words = text(message, "text")
    first = {text(each, "type"): each for each in parts(message, "entities") if each.get("offset") == 0}
    if "bot_command" not in first or not words.startswith("/") or any(quote in first for quote in QUOTES):
        return None
    typed = in_units(words, 0, number(first["bot_command"], "length") or 0)
    name, at, whose = typed[1:].partition("@")
    if not COMMAND.fullmatch(name) or (at and whose.casefold() != me.username.casefold()):
        return None
    return Typed(name.casefold(), words[len(typed) :].strip(), bool(at))


def quoted_in(message: Json, me: Me) -> Quoted | None:
    """The message that this one answers; the opening message of a topic is not meant by everything that is said in it."""
    quoted = part(message, "reply_to_message")
    quoted_id = number(quoted, "message_id")
    if quoted_id is None or "forum_topic_created" in quoted:
        return None
    chosen = part(message, "quote")
    words = text(chosen, "text") if chosen.get("is_manual") is True else text(quoted, "text") or text(quoted, "caption")
    by = number(part(quoted, "from"), "id") if "sender_chat" not in quoted else None
    return Quoted(str(quoted_id), words, mine=by == me.id, by=PersonRef("telegram", str(by)) if by is not None else None)


def mentions_in(message: Json, me: Me) -> Iterator[tuple[str, PersonRef]]:
    """People whom the platform names for us: those mentioned without a user name, and user names that this message explains."""
    words, known = text(message, "text"), handles_in(message, me)
    for entity in parts(message, "entities"):
        shown = in_units(words, number(entity, "offset") or 0, number(entity, "length") or 0)
        person = number(part(entity, "user"), "id") if entity.get("type") == "text_mention" else None
        if entity.get("type") == "mention":
            person = known.get(shown.casefold())
        if person is not None:
            yield shown, PersonRef("telegram", str(person))


def handles_in(message: Json, me: Me) -> dict[str, int]:
    """Of the bot, the speaker and whom they answer: what others type to name them."""
    users = (part(message, "from"), part(part(message, "reply_to_message"), "from"), {"username": me.username, "id": me.id})
    return {f"@{text(user, 'username')}".casefold(): found for user in users if (found := number(user, "id")) is not None}


def reply(message: Json, origin: Origin, me: Me) -> Incoming | None:
    """Words in answer to a message of ours, or the number of one of its buttons. In private, to the newest that asks."""
    quoted, words = quoted_in(message, me), text(message, "text").strip()
    answered = quoted if quoted and quoted.mine else Quoted("", mine=True) if origin.kind == "private" else None
    if answered is None or not words:
        return None
    has_buttons = part(part(message, "reply_to_message"), "reply_markup") or not answered.message_id
    if words.isdecimal() and len(words) <= LONGEST_NUMBER and has_buttons:
        return KeyPressed(origin, str(int(words)), answered.message_id or None, typed=True)
    return Replied(origin, words, answered)
