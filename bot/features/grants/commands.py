"""Handlers of what is typed: whom the group is asked to name, and what a delegate reports."""

from bot.chat.incoming import Ack
from bot.commons import circles, mandates, permissions, register, roles, roll
from bot.commons.naming import named
from bot.commons.rooms import say_everywhere
from bot.commons.when import read_clauses
from bot.features.grants import granting, rules, store, texts
from bot.features.grants.granting import Wish
from bot.refusal import Refused
from bot.routing.feature import Call, voice_in
from bot.tidy import isolated, tidy
from models import GrantRow, MemberRow

TIMES = ("until", "for")


def mandate(call: Call) -> None:
    """`/mandate @anna treasurer for 3 months`"""
    member, rest = named(call, call.text)
    text, options = read_clauses(rest, TIMES)
    role = tidy(text, rules.ROLE_LIMIT + 1)
    rules.check_role(role)
    circles.check_role(call.db, call.group, role)
    check_seat(call, member, role)
    granting.ask(call, Wish(member, role, granting.term_of(call, options, "")))


def delegate(call: Call) -> None:
    """`/delegate @anna the rent | agree to 3 percent at most`"""
    member, rest = named(call, call.text)
    text, options = read_clauses(rest, TIMES)
    errand = rules.read_errand(text)
    v = voice_in(call.chat, call.group)
    role = tidy(texts.delegate_role(v, errand.question), roles.NAME_LIMIT)
    check_seat(call, member, role)
    granting.ask(call, Wish(member, role, granting.term_of(call, options, rules.DELEGATE_TERM), errand))


def check_seat(call: Call, member: MemberRow, role: str) -> None:
    """Refused: the person is not on the roll, serves already, is being asked already, or no seat is free."""
    if not permissions.belongs(member):
        raise Refused("grant not on the roll", name=roll.name_of(member))
    if already := store.asked_already(call.db, call.group, member, role):
        raise Refused("named already", number=already.number)
    found = roles.find(call.db, call.group, role)
    if found is None:
        return
    barred = mandates.bar(call.db, call.group, found, member, call.now)
    if barred is not None and barred.why == "serves":
        raise Refused("grant serves", name=roll.name_of(member), until=barred.until)
    holders = [each.member for each in mandates.serving(call.db, call.group, found, call.now)]
    if len(holders) >= found.seats:
        raise Refused("grant no seat", names=roll.names(holders), role=isolated(found.name))


def report(call: Call, grant_id: int) -> None:
    """What a delegate brings back: told to all rooms, and the mandate is over."""
    grant = store.locked(call.db, grant_id)
    member = roll.find(call.db, call.group, call.person)
    if not permissions.is_theirs(member, grant.member_id):
        raise Refused("not the delegate", number=grant.number)
    rules.check_report(call.text.strip())
    grant.report = call.text.strip()
    words = isolated(grant.report)
    facts, personal = {"report": f"D-{grant.number}"}, {"question": grant.question, "text": grant.report}
    personal["by"] = roll.ref_of(member).label
    entry = register.enter(call.db, call.group, "report", facts, now=call.now, dice=call.house.dice, personal=personal)
    say_everywhere(
        call.db,
        grant.group_id,
        lambda v, chat: texts.reported(v, grant.number, roll.name_of(member), isolated(grant.question), words),
        f"report:{grant.id}",
        call.now,
        home=call.chat,
        thread=call.event.origin.thread,
        after=("delegation", grant.id),
        tells=entry,
    )
    granting.dissolve(call.db, grant, call.now, call.house)


def report_in_reply(call: Call) -> Ack | None:
    """A reply to the delegation's message by its delegate; others may talk under it as they like."""
    grant = store.in_group(call.db, call.group.id, call.about[0])
    member = roll.find(call.db, call.group, call.person)
    if grant is None or not permissions.is_theirs(member, grant.member_id) or not is_running(call, grant):
        return None
    report(call, grant.id)
    return None


def is_running(call: Call, grant: GrantRow) -> bool:
    return store.running_delegation(call.db, call.group, grant.number) == grant.id
