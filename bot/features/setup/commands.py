"""Handlers of setup: welcome, settings, status."""

from datetime import timedelta

from bot.commons import consented, permissions, publication, register, roll
from bot.delivery import boards
from bot.features.setup import rules, store, texts
from bot.language import LANGUAGES, Voice, zone_in
from bot.refusal import Refused
from bot.routing.feature import Call, voice_in
from bot.routing.house import Question
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
    permissions.check_sets(call)
    if asks(call, *change):
        return
    before = current(call)
    apply(call, *change)
    if current(call) == before:
        call.answer(texts.unchanged(call.voice))
    else:
        tell_change(call, change[0])


def asks(call: Call, name: str, typed: str) -> bool:
    """What would hand out or publish what is the group's is for the group to say."""
    setting = call.settings.get(name)
    value = setting.read(typed) if setting and setting.consented else None
    if setting is None or value not in setting.consented or value == setting.of(call.group, call.house):
        return False
    member, words = roll.known(call.db, call.group, call.event.origin, call.now), Voice(call.group.language, call.group.zone)
    text, thread = texts.question(words, setting.show(words, value)), call.event.origin.thread
    question = Question(call.group, call.chat, thread, member, text, consented.purpose(setting, value), 0)
    call.house.ask(call.db, question, call.now, call.house)
    return True


def current(call: Call) -> texts.Current:
    group = call.group
    window = timedelta(seconds=group.hat_window) if group.hat_window else call.house.draw_window
    more = {name: setting.show(call.voice, setting.of(group, call.house)) for name, setting in call.settings.items()}
    return texts.Current(LANGUAGES[call.voice.language], group.zone, window, more)


def apply(call: Call, setting: str, value: str) -> None:
    group = call.group
    match setting:
        case "language":
            speak(call, rules.language(value, LANGUAGES))
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
    call.voice = voice_in(call.chat, group)


def speak(call: Call, language: str) -> None:
    """A room that has joined another group keeps a language of its own, and changes no other room's."""
    if call.chat.language is not None:
        call.chat.language = language
    else:
        call.group.language = language


def tell_change(call: Call, setting: str) -> None:
    """Every room of the group is told, and the register keeps it."""
    member = roll.known(call.db, call.group, call.event.origin, call.now)
    now = current(call)
    facts = {"setting": setting, "language": call.voice.language, "zone": now.zone, "window": now.window.total_seconds()}
    if setting in call.settings:
        facts = {"setting": setting, "value": call.settings[setting].of(call.group)}
    personal = {"by": roll.ref_of(member).label}
    entry = register.enter(call.db, call.group, "settings", facts, now=call.now, dice=call.house.dice, personal=personal)
    boards.touch_group(call.db, call.group.id, call.now)
    call.house.replan(call.db, call.group, call.now, call.house)
    rooms = [call.chat] if setting == "language" and call.chat.language else rooms_of(call.db, call.group.id)
    for chat in rooms:
        key = f"settings:{entry.place}:{chat.id}"
        call.tell(chat, texts.changed(voice_in(chat, call.group), roll.name_of(member), setting, now), key)
        publication.note(call.db, entry, chat, key)


def status(call: Call) -> None:
    call.answer(texts.status(call.voice, store.figures(call.db, call.chat, call.house, call.now)))
