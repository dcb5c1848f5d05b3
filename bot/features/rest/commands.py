"""Handlers of rest: into it, and back before its time."""

from datetime import datetime

from bot.chat.action import action
from bot.chat.incoming import Ack
from bot.commons import permissions, resting, roll
from bot.delivery.outbox import say
from bot.features.rest import ends, texts
from bot.routing.feature import Call
from bot.routing.house import Resting
from models import MemberRow

HOW_LONG = "rest.long"  # words in reply to the question


def rest(call: Call) -> None:
    member = on_the_roll(call)
    if call.text:
        begin(call, member, ends.read_end(call.text, call.now, call.voice))
    else:
        ask(call, member)


def ask(call: Call, member: MemberRow) -> None:
    said = call.event.origin
    words = texts.how_long(call.voice, roll.name_of(member))
    asked = action(HOW_LONG, member.id)
    say(call.db, call.chat, words, key=call.key, now=call.now, thread=said.thread, reply_to=said.message_id, awaits=asked)


def told_how_long(call: Call) -> Ack | None:
    """Only from whoever was asked; others may talk."""
    member = roll.find(call.db, call.group, call.person)
    if not permissions.belongs(member) or call.about != (str(member.id),):
        return None
    begin(call, member, ends.read_end(call.text, call.now, call.voice))
    return None


def begin(call: Call, member: MemberRow, ends_at: datetime) -> None:
    """From now on; or for another time than was said before."""
    member.resting_until = ends_at
    passed = call.house.let_rest(call.db, Resting(member, call.now, call.house))
    call.answer(texts.resting(call.voice, roll.name_of(member), ends_at, passed, call.prefix))


def back(call: Call) -> None:
    member = on_the_roll(call)
    was_resting = resting.rests(member, call.now)
    member.resting_until = None
    call.answer(texts.welcome_back(call.voice, roll.name_of(member), was_resting))


def on_the_roll(call: Call) -> MemberRow:
    return permissions.on_the_roll(call, "nothing to rest from")
