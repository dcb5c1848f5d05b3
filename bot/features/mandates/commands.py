"""Handlers of what is typed about mandates: find, decide, save, announce."""

from bot.chat.message import Message
from bot.commons import mandates
from bot.commons.rolenames import role_named
from bot.commons.rooms import say_everywhere
from bot.features.mandates import store, texts
from bot.features.mandates.successors import farewells
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.routing.house import prefix_on
from bot.tidy import isolated
from models import ChatRow, MandateRow


def resign(call: Call) -> None:
    """At once, and without a reason: the next reserve is asked, or the seat is free."""
    group, mandate = call.group, own(call, "resign")
    mandates.end(call.db, mandate, "resigned", call.now, call.house, pass_on=True)
    (told,) = farewells(call.db, group, [mandate])

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.resigned(v, told, mandate.vacancy == "open", prefix_on(chat.platform))

    key = f"mandate:{mandate.id}:resigned"
    say_everywhere(call.db, group.id, words, key, call.now, home=call.chat, thread=call.event.origin.thread)


def own(call: Call, verb: str) -> MandateRow:
    """The speaker's mandate, in a private chat of all groups: the only one, or that in the role that is named."""
    everything = store.of_person(call.db, call.person, call.chat.group_id)
    running = sorted((each for each in everything if each.state == "running"), key=lambda each: (each.ends_at, each.id))
    if not running:
        raise Refused("holds nothing")
    if not call.text and len(running) == 1:
        return running[0]
    named = role_named(call.text, {mandate.role.key for mandate in running})
    if named is None:
        raise Refused("which role", roles=list(dict.fromkeys(isolated(each.role.name) for each in running)), verb=verb)
    found = [mandate for mandate in running if mandate.role.key == named[0]]
    if len(found) > 1:
        raise Refused("term in several")
    return found[0]
