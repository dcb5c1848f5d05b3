"""The bot's own comings and goings, and other people's. Pure."""

from adapters.telegram.origins import origin_of, person_of
from adapters.telegram.reading import Json, part, text
from bot.chat.incoming import BotAdded, BotRemoved, Incoming, MemberJoined, MemberLeft

PRESENT = {"creator", "administrator", "member"}


def present(state: Json) -> bool:
    status = text(state, "status")
    return status in PRESENT or (status == "restricted" and state.get("is_member") is True)


def of_bot(change: Json) -> Incoming | None:
    """Added to a group, or removed from a chat; becoming an admin is neither, nor is a private chat's first word."""
    origin = origin_of(change, change)
    before, after = present(part(change, "old_chat_member")), present(part(change, "new_chat_member"))
    if origin is None or before == after:
        return None
    if not after:
        return BotRemoved(origin)
    return BotAdded(origin) if origin.kind == "group" else None


def of_member(change: Json) -> Incoming | None:
    state = part(change, "new_chat_member")
    origin = person_of(change, part(state, "user")) if part(state, "user").get("is_bot") is not True else None
    before, after = present(part(change, "old_chat_member")), present(state)
    if origin is None or before == after:
        return None
    return MemberJoined(origin) if after else MemberLeft(origin)
