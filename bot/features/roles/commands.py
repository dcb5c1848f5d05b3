"""Handlers of roles: what is said about one, and what becomes of a change."""

from bot.chat.incoming import Ack
from bot.commons import circles, permissions, roles, roll
from bot.delivery import boards
from bot.features.roles import asking, changes, facts, limits, store, texts
from bot.features.roles.changed import texts as changed
from bot.features.roles.templates import choosing
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import folded
from models import CircleRow, MemberRow, RoleChangeRow, RoleRow


def role(call: Call) -> None:
    if choosing.asks_for_one(call.text):
        choosing.show_or_choose(call)
    else:
        say(call)


def say(call: Call) -> None:
    """What a role is, or is to be."""
    known = store.names(call.db, call.group)
    pools = known | circles.keys(call.db, call.group)
    asked = asking.read(call.text, known, lambda words: folded(words) in pools)
    name = limits.name(asked.name)
    found = roles.find(call.db, call.group, name)
    if asked.ends:
        changes.put_end(call, existing(found, name))
    elif asked.options:
        changes.put(call, name, wanted(call, name, asked))
    else:
        show(call, existing(found, name))


def wanted(call: Call, name: str, asked: asking.Asked) -> dict[str, object]:
    """The pool is named as its circle or role is; it is not the role itself."""
    values = asking.values(asked.options, call.now)
    pool = pool_called(call, values["pool"]) if values.get("pool") else None
    if isinstance(pool, RoleRow) and pool.key == folded(name):
        raise Refused("pool of itself")
    return {**values, "pool": pool.name} if pool else values


def pool_called(call: Call, name: str) -> CircleRow | RoleRow | None:
    return circles.find(call.db, call.group, name) or roles.find(call.db, call.group, name)


def existing(found: RoleRow | None, name: str) -> RoleRow:
    if found is None or found.state == "ended":
        raise Refused("role not made", role=texts.named(name))
    return found


def show(call: Call, found: RoleRow) -> None:
    call.answer(texts.shown(call.voice, facts.of_role(call.db, call.group, found), call.prefix))


def sunset(call: Call) -> None:
    """`/sunset facilitator We ask again whether we need it.`: shown without words, given or changed with them."""
    name, script = asking.read_script(call.text, store.names(call.db, call.group))
    found = existing(roles.find(call.db, call.group, name), limits.name(name))
    if script:
        changes.put(call, found.name, {"sunset": limits.sunset(script)})
    else:
        call.answer(texts.script(call.voice, facts.of_role(call.db, call.group, found), call.prefix))


def script_given(call: Call) -> Ack | None:
    """In reply to the question, from whoever made the role; others may talk."""
    member, found = roll.find(call.db, call.group, call.person), call.db.get(RoleRow, int(call.about[0]))
    if found is None or found.group_id != call.group.id or member is None or str(member.id) != call.about[1]:
        return None
    changes.put(call, existing(found, found.name).name, {"sunset": limits.sunset(call.text)})
    return Ack(texts.script_noted(call.voice))


def object_by_button(call: Call) -> Ack:
    change = store.pressed(call.db, call.chat.group_id, call.about[0]) if len(call.about) == 1 else None
    if change is None or not boards.may_stand(call.db, changes.BOARD, change.id):
        raise Refused("old button")
    changes.object_(call, change, objector(call), "")
    return Ack(changed.objected(call.voice, change.decision))


def object_in_words(call: Call, change_id: int) -> None:
    change = store.locked(call.db, change_id)
    changes.object_(call, change, objector(call), call.text)
    call.answer(texts.said(changed.objected(call.voice, change.decision)))


def objector(call: Call) -> MemberRow:
    return permissions.on_the_roll(call, "roll to object")


def withdraw(call: Call, change_id: int) -> None:
    """By whoever put it, while nobody has objected."""
    change: RoleChangeRow = store.locked(call.db, change_id)
    member = roll.find(call.db, call.group, call.person)
    if change.state != "announced":
        raise Refused("change settled", number=change.number)
    if not permissions.is_theirs(member, change.by_id):
        raise Refused("not your change", number=change.number)
    changes.drop(call.db, change, "withdrawn", call.now)
    call.answer(changed.taken_back(call.voice, change.number))
