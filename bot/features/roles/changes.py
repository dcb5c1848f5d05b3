"""The life of a change: at once for what is new, after a day without objection for what is in use, or by consent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.chat.action import action
from bot.chat.message import Message
from bot.commons import circles, mandates, permissions, register, roles, roll
from bot.commons.rooms import put_up_everywhere, say_everywhere
from bot.delivery import boards
from bot.features.roles import facts, limits, settings, store, texts
from bot.features.roles.changed import texts as changed
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.routing.house import Decided, House, Question
from bot.tidy import folded
from models import ChatRow, EntryRow, GroupRow, MandateRow, MemberRow, RoleChangeRow, RoleRow

BOARD, PURPOSE, SCRIPT = "rolechange", "role.change", "role.sunset"
WRITTEN = frozenset({"purpose", "pool", "sunset"})  # in people's own words


def put(call: Call, name: str, wanted: Mapping[str, Any]) -> RoleChangeRow:
    """What a role is to be. Refused: it is so already, another change of it is under way, or its name is a circle's."""
    circles.check_role(call.db, call.group, name)
    role = roles.find(call.db, call.group, name)
    new = role is None or role.state == "ended"
    before = {column: getattr(role, column) for column in limits.DEFAULTS} if role else limits.DEFAULTS
    differs = {column: value for column, value in wanted.items() if value != before[column]}
    if not new and not differs:
        raise Refused("role is so")
    made = row(call, role.name if role else name, "new" if new else "change")
    made.before = {} if new else {column: before[column] for column in differs}
    made.wanted = {**before, **wanted} if new else differs
    at_once = not store.is_in_use(call.db, call.group, role, made.key) or completes(role, differs)
    return begin(call, made, at_once=at_once)


def completes(role: RoleRow | None, changed: Mapping[str, Any]) -> bool:
    """The sunset script of a role that has none yet is still part of making it."""
    return role is not None and role.state == "open" and role.defined and not role.sunset and changed.keys() == {"sunset"}


def put_end(call: Call, role: RoleRow) -> RoleChangeRow:
    """Of a role that there is."""
    return begin(call, row(call, role.name, "end"), at_once=False)


def row(call: Call, name: str, kind: str) -> RoleChangeRow:
    """Not yet begun. Refused: another change of this role is under way."""
    key = folded(name)
    if (other := store.pending(call.db, call.group, key)) is not None:
        raise Refused("change pending", number=other.decision or other.number)
    by = roll.known(call.db, call.group, call.event.origin, call.now)
    made = RoleChangeRow(group_id=call.group.id, name=name, key=key, kind=kind, wanted={}, before={}, by=by, reason="")
    made.chat_id, made.thread = call.chat.id, call.event.origin.thread
    made.put_at, made.holds_at = call.now, call.now + limits.OBJECT_FOR
    return made


def begin(call: Call, change: RoleChangeRow, *, at_once: bool) -> RoleChangeRow:
    change.number, change.state = register.next_number(call.group), "announced"
    call.db.add(change)
    call.db.flush()
    if settings.CHANGED.of(call.group) == settings.CONSENT:
        ask(call.db, call.group, change, call.now, call.house)
    elif at_once:
        hold(call.db, call.group, change, call.now, call.house)
    else:
        home = call.chat
        put_up_everywhere(call.db, call.group.id, BOARD, change.id, call.now, home=home, thread=change.thread)
    return change


def ask(db: Session, group: GroupRow, change: RoleChangeRow, now: datetime, house: House) -> None:
    """A consent round is to decide. Refused: nobody can be asked."""
    chat = db.get_one(ChatRow, change.chat_id)
    words = changed.question(Voice(group.language, group.zone), facts.of_change(db, change))
    change.decision = house.ask(db, Question(group, chat, change.thread, change.by, words, PURPOSE, change.id), now, house)
    change.state = "asked"


def object_(call: Call, change: RoleChangeRow, member: MemberRow, reason: str) -> None:
    """One objection, and the group decides; where it cannot be asked the change is dropped."""
    if change.state != "announced":
        raise Refused("change settled", number=change.number)
    if permissions.is_theirs(member, change.by_id):
        raise Refused("own change", number=change.number)
    change.objector, change.reason = member, limits.objection(reason)
    try:
        with call.db.begin_nested():
            ask(call.db, call.group, change, call.now, call.house)
    except Refused:
        drop(call.db, change, "dropped", call.now)
    boards.touch(call.db, BOARD, change.id, call.now)


def drop(db: Session, change: RoleChangeRow, state: str, now: datetime) -> None:
    change.state, change.ended_at = state, now
    boards.touch(db, BOARD, change.id, now)


def decided(db: Session, outcome: Decided, now: datetime, house: House) -> None:
    """The group has spoken on a change that was put to it."""
    change = store.locked(db, outcome.subject_id)
    if change.state != "asked":
        return
    if outcome.result == "adopted":
        hold(db, outcome.group, change, now, house)
    else:
        drop(db, change, "dropped", now)


def hold(db: Session, group: GroupRow, change: RoleChangeRow, now: datetime, house: House) -> None:
    """It is so from now on. Mandates that run keep their end, unless the role itself is over."""
    change.state, change.ended_at = "held", now
    role, ended = end(db, group, change, now, house) if change.kind == "end" else (apply(db, group, change, now), [])
    db.flush()
    entry = enter(db, group, change, now, house)
    boards.touch(db, BOARD, change.id, now)
    tell(db, change, role, ended, entry)


def apply(db: Session, group: GroupRow, change: RoleChangeRow, now: datetime) -> RoleRow:
    role = roles.ensure(db, group, change.name, now)
    for column, value in change.wanted.items():
        setattr(role, column, value)
    role.defined = True
    return role


def end(db: Session, group: GroupRow, change: RoleChangeRow, now: datetime, house: House) -> tuple[RoleRow, list[MandateRow]]:
    """Gives the mandates that end before their time; those whose time is over end as all others do."""
    role = roles.ensure(db, group, change.name, now)
    running = [mandate for mandate in mandates.running(db, group, role) if mandate.ends_at > now]
    for mandate in running:
        mandates.end(db, mandate, "role ended", now, house)
    role.state, role.ended_at = "ended", now
    return role, running


def tell(db: Session, change: RoleChangeRow, role: RoleRow, ended: list[MandateRow], entry: EntryRow) -> None:
    """Every room hears what the role is now, and is asked for the sunset script if it has none."""
    told = facts.of_change(db, change)
    names = roll.names_in(db, [mandate.member for mandate in ended])
    freed = [texts.Serving(name, mandate.ends_at) for name, mandate in zip(names, ended, strict=True)]
    home, after = db.get_one(ChatRow, change.chat_id), (BOARD, change.id) if stood(change) else None
    wanted = change.kind != "end" and not role.sunset
    awaits = action(SCRIPT, role.id, change.by_id) if wanted else None

    def words(v: Voice, chat: ChatRow) -> Message:
        return changed.held(v, told, freed, facts.prefix_in(chat), asks=wanted)

    say_everywhere(
        db,
        change.group_id,
        words,
        f"role:{change.id}",
        entry.entered_at,
        home=home,
        thread=change.thread,
        after=after,
        awaits=awaits,
        tells=entry,
    )


def stood(change: RoleChangeRow) -> bool:
    """Whether it was announced on a board."""
    return change.put_at != change.ended_at and (change.objector_id is not None or change.decision is None)


def enter(db: Session, group: GroupRow, change: RoleChangeRow, now: datetime, house: House) -> EntryRow:
    """Into the register: limits as facts; what people worded, and who, stands outside the hashed part."""
    plain = {column: value for column, value in change.wanted.items() if column not in WRITTEN}
    decision = f"D-{change.decision}" if change.decision else None
    public = {"change": f"D-{change.number}", "kind": change.kind, "decision": decision, "set": plain}
    written = {column: value for column, value in change.wanted.items() if column in WRITTEN}
    personal = {"by": roll.ref_of(change.by).label, "role": change.name, **written}
    return register.enter(db, group, "role", public, now=now, dice=house.dice, personal=personal)
