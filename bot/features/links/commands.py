"""Handlers of links: a code is given or brought, in a room or in private; and what was linked is parted."""

from bot.commons import permissions
from bot.features.links import codes, joining, people, texts
from bot.routing.feature import Call


def link(call: Call) -> None:
    check_room(call)
    if not call.text:
        words = texts.room_code if call.chat.kind == "group" else texts.person_code
        call.answer(words(call.voice, codes.give(call)))
        return
    found = codes.bring(call)
    if found is None:
        call.answer(texts.wrong_code(call.voice, call.prefix))
    elif call.chat.kind == "group":
        joining.announce(call, found)
    else:
        people.link(call, found)


def unlink(call: Call) -> None:
    check_room(call)
    if call.chat.kind == "group":
        joining.part(call)
    else:
        people.part(call)


def check_room(call: Call) -> None:
    """Refused: a stranger would lead the room into another group, or out of its own."""
    if call.chat.kind == "group":
        permissions.check_sets(call)
