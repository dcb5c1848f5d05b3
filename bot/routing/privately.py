"""Presses that lead into a person's private chat: wherever they are made, their handler speaks there and nowhere else."""

from dataclasses import replace

from bot.chat.action import Action
from bot.chat.incoming import Ack, LinkFollowed
from bot.chat.message import message
from bot.chat.refs import ChatRef
from bot.delivery.outbox import say
from bot.refusal import Refused
from bot.routing import rooms
from bot.routing.feature import Call, Handler
from bot.routing.routes import Routes
from models import ChatRow


def follow(routes: Routes, call: Call, data: str) -> None:
    """A link brought somebody here. Anybody can write one: only what is meant for private chats is handled."""
    try:
        action = Action.unpack(data)
    except ValueError:
        raise Refused("old button") from None
    handler = routes.private_taps.get(action.verb)
    if handler is None or call.chat.kind != "private":
        raise Refused("old button")
    call.about = action.about
    say_aloud(call, handler(call))


def press(routes: Routes, call: Call, handler: Handler) -> Ack | None:
    """In the private chat it is an ordinary press; from a room it leads there, and so does a refusal."""
    if call.chat.kind == "private":
        return handler(call)
    chat = rooms.private_of(call.db, call.person, call.now, asked=True)
    if chat is None:
        raise Refused("no private chat")
    inside = led_into(chat, call)
    try:
        with call.db.begin_nested():
            say_aloud(inside, handler(inside))
    except Refused as no:
        say_aloud(inside, Ack(routes.worded(no, inside)))
    return None


def led_into(chat: ChatRow, call: Call) -> Call:
    """The same call, as if it had been made there."""
    there = replace(call.event.origin, chat=ChatRef(chat.platform, chat.ref), kind="private", thread=None, message_id=None)
    return replace(call, chat=chat, event=replace(call.event, origin=there))


def say_aloud(call: Call, ack: Ack | None) -> None:
    """Who comes by a link or from a room sees no short answers."""
    if ack is not None:
        reply_to = call.event.origin.message_id if isinstance(call.event, LinkFollowed) else None
        say(call.db, call.chat, message(ack.text), key=f"{call.key}:ack", now=call.now, reply_to=reply_to)
