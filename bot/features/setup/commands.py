"""Handlers of setup: welcome, settings, status."""

from datetime import timedelta

from bot.commons import register, roll
from bot.delivery import boards
from bot.features.setup import rules, store, texts
from bot.language import LANGUAGES, Voice, zone_in
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.routing.rooms import rooms_of


def start(call: Call) -> None:
    if call.chat.kind == "private":
        call.answer(texts.private_welcome(call.voice, call.prefix))
    else:
        added(call)


def added(call: Call) -> None:
    if call.chat.kind != "private":
        boards.put_up(call.db, call.chat, "welcome", call.group.id, now=call.now, thread=call.event.origin.thread)


def settings(call: Call) -> None:
    change = rules.read_change(call.text, call.settings)
    if change is None:
        call.answer(texts.settings(call.voice, current(call), call.prefix))
        return
    before = current(call)
    apply(call, *change)
    if current(call) == before:
        call.answer(texts.unchanged(call.voice))
    else:
        tell_change(call, change[0])


def current(call: Call) -> texts.Current:
    group = call.group
    window = timedelta(seconds=group.hat_window) if group.hat_window else call.house.draw_window
    more = {name: setting.show(call.voice, setting.of(group)) for name, setting in call.settings.items()}
    return texts.Current(LANGUAGES[group.language], group.zone, window, more)


def apply(call: Call, setting: str, value: str) -> None:
    group = call.group
    match setting:
        case "language":
            group.language = rules.language(value, LANGUAGES)
        case "zone":
            zone = zone_in(value)
            if zone is None:
                raise Refused("no such zone")
            group.zone = zone
        case "window":
            group.hat_window = int(rules.window(value).total_seconds())
        case _:
            brought = call.settings[setting]
            brought.put(group, brought.read(value))
    call.voice = Voice(group.language, group.zone)


def tell_change(call: Call, setting: str) -> None:
    """Every room of the group is told, and the register keeps it."""
    member = roll.known(call.db, call.group, call.event.origin, call.now)
    now = current(call)
    facts = {"setting": setting, "language": call.group.language, "zone": now.zone, "window": now.window.total_seconds()}
    if setting in call.settings:
        facts = {"setting": setting, "value": call.settings[setting].of(call.group)}
    personal = {"by": roll.ref_of(member).label}
    entry = register.enter(call.db, call.group, "settings", facts, now=call.now, dice=call.house.dice, personal=personal)
    boards.touch_group(call.db, call.group.id, call.now)
    for chat in rooms_of(call.db, call.group.id):
        call.tell(chat, texts.changed(call.voice, roll.name_of(member), setting, now), f"settings:{entry.place}:{chat.id}")


def status(call: Call) -> None:
    call.answer(texts.status(call.voice, store.figures(call.db, call.chat, call.house, call.now)))
