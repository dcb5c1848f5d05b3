"""The handler of /bulletin."""

from bot.features.paper import posting
from bot.routing.feature import Call


def bulletin(call: Call) -> None:
    """It is gathered and printed after this, outside of the transaction."""
    said = call.event.origin
    posting.ask(call.db, call.chat, call.group, call.now, call.key, thread=said.thread, reply_to=said.message_id)
