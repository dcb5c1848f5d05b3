"""The handlers of /open, and of the button below a digest."""

from datetime import timedelta

from bot.chat.incoming import Ack
from bot.chat.message import Message
from bot.features.digest import texts
from bot.features.digest.linking import links_in
from bot.routing.feature import Call

AGAIN = timedelta(minutes=5)  # a list that is younger is not repeated for a press


def open_now(call: Call) -> None:
    call.answer(listed(call))


def press(call: Call) -> Ack:
    """The list, in the room; once in a while, however many press."""
    turn = int(call.now.timestamp() // AGAIN.total_seconds())
    new = call.tell(call.chat, listed(call), f"open:{call.chat.id}:{turn}")
    return Ack(texts.listed(call.voice) if new else texts.just_listed(call.voice))


def listed(call: Call) -> Message:
    found = call.house.open_now(call.db, call.group, call.voice)
    return texts.open_now(call.voice, found, links_in(call.db, call.chat, found, call.house))
