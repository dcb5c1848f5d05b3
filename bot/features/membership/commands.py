"""Handlers of membership: into the hat, out of it, and who is in."""

from bot.chat.incoming import Ack
from bot.commons import resting, roll
from bot.delivery import boards
from bot.features.membership import texts
from bot.routing.feature import Call
from models import MemberRow


def join(call: Call) -> None:
    member, new = enter(call)
    name, until = roll.name_of(member), resting.until(member, call.now)
    call.answer(texts.joined(call.voice, name, roll.count(call.db, call.group), new, until, call.prefix))


def count_me_in(call: Call) -> Ack:
    member, new = enter(call)
    return Ack(texts.counted_in(call.voice, new, resting.until(member, call.now), call.prefix))


def enter(call: Call) -> tuple[MemberRow, bool]:
    member = roll.known(call.db, call.group, call.event.origin, call.now)
    new = roll.enter(member, call.now)
    member.chat_id = call.chat.id if new else member.chat_id
    show(call)
    return member, new


def leave(call: Call) -> None:
    member = roll.known(call.db, call.group, call.event.origin, call.now)
    was_in = roll.leave(member, call.now)
    show(call)
    call.answer(texts.left(call.voice, roll.name_of(member), roll.count(call.db, call.group), was_in, call.prefix))


def who(call: Call) -> None:
    names = roll.names(roll.members(call.db, call.group))
    call.answer(texts.in_the_hat(call.voice, names, resting.count(call.db, call.group, call.now), call.prefix))


def gone(call: Call) -> None:
    """Somebody left the room by which they came, and the hat with it."""
    member = roll.find(call.db, call.group, call.event.origin.person) if call.chat.group else None
    if member is not None and roll.lives_in(member, call.chat) and roll.leave(member, call.now):
        show(call)


def show(call: Call) -> None:
    boards.touch(call.db, "welcome", call.group.id, call.now)
