"""Commands and replies in a message. Pure."""

from adapters.telegram.origins import ANONYMOUS_ADMIN, CHANNEL_BOT, SERVICE, Me, origin_of
from adapters.telegram.reading import Json, in_units, number, part, parts, text
from bot.chat.incoming import CommandSent, Incoming, KeyPressed, Origin, Quoted, Replied, Unsuitable
from bot.chat.refs import PersonRef

NOT_SAID_HERE = ("forward_origin", "forward_date", "via_bot", "is_automatic_forward", "edit_date")
LONGEST_NUMBER = 3


def event_of(message: Json, me: Me) -> Incoming | None:
    origin = origin_of(message, message)
    if origin is None or any(mark in message for mark in NOT_SAID_HERE):
        return None
    command = command_in(message, me)
    if why := nobody_in_person(message):
        return Unsuitable(origin, why) if command else None  # type: ignore[arg-type]
    if part(message, "from").get("is_bot") is True:
        return None
    if command is not None:
        return sent(message, origin, *command, me)
    return reply(message, origin, me)


def nobody_in_person(message: Json) -> str:
    """`anonymous` or `channel`, where no person answers for the words."""
    sender = number(part(message, "from"), "id")
    if sender == ANONYMOUS_ADMIN or number(part(message, "sender_chat"), "id") == number(part(message, "chat"), "id") is not None:
        return "anonymous"
    return "channel" if "sender_chat" in message or sender in {CHANNEL_BOT, SERVICE} else ""


def command_in(message: Json, me: Me) -> tuple[str, str, bool] | None:
    """(command, what follows, addressed to us by name); None if there is no command for us at the very start."""
    words = text(message, "text")
    first = next(
        (each for each in parts(message, "entities") if each.get("type") == "bot_command" and each.get("offset") == 0), None
    )
    if first is None or not words.startswith("/"):
        return None
    typed = in_units(words, 0, number(first, "length") or 0)
    command, at, whose = typed[1:].partition("@")
    if at and whose.casefold() != me.username.casefold():
        return None
    return (command.casefold(), words[len(typed) :].strip(), bool(at)) if command else None


def sent(message: Json, origin: Origin, command: str, rest: str, addressed: bool, me: Me) -> CommandSent:
    return CommandSent(origin, command, rest, addressed or origin.kind == "private", quoted_in(message, me), mentions_in(message))


def quoted_in(message: Json, me: Me) -> Quoted | None:
    """The message that this one answers; the opening message of a topic is not meant by everything that is said in it."""
    quoted = part(message, "reply_to_message")
    quoted_id = number(quoted, "message_id")
    if quoted_id is None or "forum_topic_created" in quoted:
        return None
    words = text(quoted, "text") or text(quoted, "caption")
    return Quoted(str(quoted_id), words, mine=number(part(quoted, "from"), "id") == me.id)


def mentions_in(message: Json) -> tuple[tuple[str, PersonRef], ...]:
    """People whom the platform names for us: those mentioned without a user name."""
    words, found = text(message, "text"), []
    for entity in parts(message, "entities"):
        person = number(part(entity, "user"), "id")
        if entity.get("type") == "text_mention" and person is not None:
            shown = in_units(words, number(entity, "offset") or 0, number(entity, "length") or 0)
            found.append((shown, PersonRef("telegram", str(person))))
    return tuple(found)


def reply(message: Json, origin: Origin, me: Me) -> Incoming | None:
    """Words or a button's number in answer to a message of ours."""
    quoted, words = quoted_in(message, me), text(message, "text").strip()
    if quoted is None or not quoted.mine or not words:
        return None
    if words.isdecimal() and len(words) <= LONGEST_NUMBER:
        return KeyPressed(origin, str(int(words)), quoted.message_id, typed=True)
    return Replied(origin, words, quoted)
