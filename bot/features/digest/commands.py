"""The handlers of /open, and of the button below a digest."""

from datetime import timedelta

from bot.chat.incoming import Ack
from bot.features.digest import texts
from bot.routing.feature import Call

AGAIN = timedelta(minutes=5)  # a list that is younger is not repeated for a press


def open_now(call: Call) -> None:
    call.answer(texts.open_now(call.voice, call.house.open_now(call.db, call.group, call.voice)))


def press(call: Call) -> Ack:
    """The list, in the room; once in a while, however many press."""
    found = call.house.open_now(call.db, call.group, call.voice)
    turn = int(call.now.timestamp() // AGAIN.total_seconds())
    new = call.tell(call.chat, texts.open_now(call.voice, found), f"open:{call.chat.id}:{turn}")
    return Ack(texts.listed(call.voice) if new else texts.just_listed(call.voice))
