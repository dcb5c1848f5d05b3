"""Handlers of circles: shown, made, changed and ended by anybody on the roll, in the open."""

from collections.abc import Sequence

from bot.chat.message import Message
from bot.commons import circles as known
from bot.commons import naming, permissions, register, roll
from bot.commons.rooms import say_everywhere
from bot.features.circles import asking, store, texts
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import isolated, tidy
from models import ChatRow, CircleRow, MemberRow

MOST = 30  # circles in a group


def circle(call: Call) -> None:
    everybody = naming.known(call.db, call.group)
    keys = known.keys(call.db, call.group)
    asked = asking.read(call.text, keys, lambda words: naming.begins_with_somebody(call, everybody, words))
    name = named(asked.name)
    found = known.find(call.db, call.group, name)
    if asked.ends:
        end(call, existing(found, name))
    elif asked.people:
        put(call, name, found, asked.people)
    else:
        show(call, existing(found, name))


def circles(call: Call) -> None:
    listed = [(isolated(each.name), len(known.people_of(call.db, each))) for each in known.all_of(call.db, call.group)]
    call.answer(texts.listed(call.voice, listed, call.prefix))


def named(words: str) -> str:
    """One line that can be seen. Refused: nothing, or too much."""
    name = tidy(words, known.NAME_LIMIT + 1)
    if not name:
        raise Refused("circle unnamed")
    if len(name) > known.NAME_LIMIT:
        raise Refused("circle name too long", limit=known.NAME_LIMIT)
    return name


def existing(found: CircleRow | None, name: str) -> CircleRow:
    if found is None:
        raise Refused("no circle", name=isolated(name))
    return found


def show(call: Call, found: CircleRow) -> None:
    people = roll.names_in(call.db, known.people_of(call.db, found))
    call.answer(texts.shown(call.voice, isolated(found.name), people))


def put(call: Call, name: str, found: CircleRow | None, words: str) -> None:
    """These people are the circle from now on."""
    by, people = permissions.on_the_roll(call, "circles from the roll"), wanted(call, words)
    before = known.people_of(call.db, found) if found else []
    if found and {member.id for member in before} == {member.id for member in people}:
        raise Refused("circle is so", name=isolated(found.name))
    made = found or begin(call, name)
    store.fill(call.db, made, people)
    enter(call, made, by, "change" if found else "new", people)


def wanted(call: Call, words: str) -> list[MemberRow]:
    """Each once. Refused: one of them is not on the roll."""
    people = list({member.id: member for member in naming.several(call, words)}.values())
    absent = [member for member in people if not permissions.belongs(member)]
    if absent:
        raise Refused("circle not on the roll", names=roll.names_in(call.db, absent))
    return people


def begin(call: Call, name: str) -> CircleRow:
    """Refused: there is a role of that name, or there are as many circles as a list has room for."""
    if known.is_role(call.db, call.group, name):
        raise Refused("circle is a role", name=isolated(name))
    if store.count(call.db, call.group) >= MOST:
        raise Refused("too many circles", most=MOST)
    made = CircleRow(group_id=call.group.id, name=name, key=known.key_of(name), created_at=call.now)
    call.db.add(made)
    call.db.flush()
    return made


def end(call: Call, found: CircleRow) -> None:
    by = permissions.on_the_roll(call, "circles from the roll")
    people = known.people_of(call.db, found)
    store.end(call.db, found)
    enter(call, found, by, "end", people)


def enter(call: Call, circle: CircleRow, by: MemberRow, kind: texts.Kind, people: Sequence[MemberRow]) -> None:
    """Into the register, names outside the hashed part; and all rooms are told."""
    personal = {"by": roll.ref_of(by).label, "circle": circle.name, "members": [roll.ref_of(member).label for member in people]}
    public = {"circle": circle.id, "kind": kind, "size": len(people)}
    entry = register.enter(call.db, call.group, "circle", public, now=call.now, dice=call.house.dice, personal=personal)
    told = texts.Changed(kind, isolated(circle.name), roll.name_in(call.db, by), roll.names_in(call.db, people))

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.changed(v, told)

    key, thread = f"circle:{call.group.id}:{entry.place}", call.event.origin.thread
    say_everywhere(call.db, call.group.id, words, key, call.now, home=call.chat, thread=thread, tells=entry)
