"""Handlers of membership: into the hat for all roles or for one, out of it, and who is in."""

from bot.chat.incoming import Ack
from bot.commons import hats, permissions, resting, roles, roll
from bot.delivery import boards
from bot.features.membership import roster, rules, texts
from bot.routing.feature import Call
from bot.tidy import folded, isolated
from models import MemberRow


def join(call: Call) -> None:
    if role := rules.read_role(call.text):
        join_for(call, role)
    else:
        join_all(call)


def join_all(call: Call) -> None:
    member, new = enter(call)
    name, until = roll.name_of(member), resting.until(member, call.now)
    call.answer(texts.joined(call.voice, name, roster.size(call.db, call.group), new, until, call.prefix))


def join_for(call: Call, role: str) -> None:
    """Who was not on the roll is in the hat for this role only; who was, in addition."""
    member = roll.known(call.db, call.group, call.event.origin, call.now)
    first = step_in(call, member)
    if first:
        hats.for_all(call.db, member, False)
    changed = hats.put_in(call.db, member, folded(role))
    show(call)
    call.answer(texts.joined_for(call.voice, facts_of(call, member, role, changed), first))


def count_me_in(call: Call) -> Ack:
    member, new = enter(call)
    return Ack(texts.counted_in(call.voice, new, resting.until(member, call.now), call.prefix))


def enter(call: Call) -> tuple[MemberRow, bool]:
    """Into the hat for all roles."""
    member = roll.known(call.db, call.group, call.event.origin, call.now)
    came = step_in(call, member)
    changed = hats.for_all(call.db, member)
    show(call)
    return member, came or changed


def step_in(call: Call, member: MemberRow) -> bool:
    """Onto the roll; says whether they were not on it."""
    new = roll.enter(member, call.now)
    member.chat_id = call.chat.id if new else member.chat_id
    return new


def leave(call: Call) -> None:
    if role := rules.read_role(call.text):
        leave_for(call, role)
    else:
        leave_all(call)


def leave_all(call: Call) -> None:
    member = roll.known(call.db, call.group, call.event.origin, call.now)
    was_in = roll.leave(member, call.now)
    hats.for_all(call.db, member)
    show(call)
    call.answer(texts.left(call.voice, roll.name_of(member), roster.size(call.db, call.group), was_in, call.prefix))


def leave_for(call: Call, role: str) -> None:
    """Out of one hat; they stay on the roll, and in all others."""
    member = roll.known(call.db, call.group, call.event.origin, call.now)
    changed = permissions.belongs(member) and hats.take_out(call.db, member, folded(role))
    show(call)
    call.answer(texts.left_for(call.voice, facts_of(call, member, role, changed)))


def facts_of(call: Call, member: MemberRow, role: str, changed: bool) -> texts.ForRole:
    found = roles.find(call.db, call.group, role)
    return texts.ForRole(
        name=roll.name_of(member),
        role=isolated(found.name if found else role),
        known=found is not None,
        n=len(roster.in_hat_for(call.db, call.group, folded(role))),
        changed=changed,
        resting_until=resting.until(member, call.now),
        prefix=call.prefix,
    )


def who(call: Call) -> None:
    if role := rules.read_role(call.text):
        found = roster.in_hat_for(call.db, call.group, folded(role))
        name = isolated(hats.role_name(call.db, call.group, folded(role)))
        call.answer(texts.in_the_hat_for(call.voice, name, roll.names(found), roster.resting_of(found, call.now), call.prefix))
    else:
        resting_now = resting.count(call.db, call.group, call.now)
        call.answer(texts.in_the_hat(call.voice, roster.roster(call.db, call.group), resting_now, call.prefix))


def gone(call: Call) -> None:
    """Somebody left the room by which they came, and the hat with it."""
    member = roll.find(call.db, call.group, call.event.origin.person) if call.chat.group else None
    if member is not None and roll.lives_in(member, call.chat) and roll.leave(member, call.now):
        hats.for_all(call.db, member)
        show(call)


def show(call: Call) -> None:
    boards.touch(call.db, "welcome", call.group.id, call.now)
