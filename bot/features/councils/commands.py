"""Handlers of councils: convened by anybody on the roll, closed by those who sit in it."""

from datetime import datetime

from bot.commons import mandates, permissions, register, roles, roll
from bot.commons.rooms import put_up_everywhere
from bot.commons.when import after, number, read_clauses, read_instant, read_span
from bot.features.councils import ending, rules, store, texts
from bot.refusal import Refused
from bot.routing.feature import Call, voice_in
from bot.tidy import tidy
from models import CouncilRow, MemberRow

OPTIONS = ("until", "for", number("seats", ("seats", "puestos"), rules.MOST_SEATS))


def council(call: Call) -> None:
    text, options = read_clauses(call.text, OPTIONS)
    asked = rules.read(tidy(text, rules.LONGEST_ISSUE + 1), options.get("seats", ""))
    by = permissions.on_the_roll(call, "councils from the roll")
    ends_at = end_of(call, options)
    role = roles.ensure(call.db, call.group, texts.role_name(voice_in(call.chat, call.group), asked.issue), call.now)
    if mandates.running(call.db, call.group, role) or role.ends_at:
        raise Refused("council sits")
    role.seats, role.ends_at, role.term, role.most_terms, role.defined = asked.seats, ends_at, "1 year", 1, True
    role.purpose, role.sunset = asked.issue, texts.sunset(voice_in(call.chat, call.group))
    convene(call, CouncilRow(role=role, issue=asked.issue, ends_at=ends_at, by_id=by.id))


def end_of(call: Call, options: dict[str, str]) -> datetime:
    if "until" in options:
        ends_at = read_instant(options["until"], call.now, call.voice)
    else:
        ends_at = after(read_span(options.get("for", rules.TERM)), call.now, call.voice.zone)
    rules.check_length(ends_at - call.now)
    return ends_at


def convene(call: Call, made: CouncilRow) -> None:
    made.group_id, made.chat_id, made.thread = call.group.id, call.chat.id, call.event.origin.thread
    made.number, made.created_at = register.next_number(call.group), call.now
    call.db.add(made)
    call.db.flush()
    facts = {"council": f"D-{made.number}", "seats": made.role.seats, "until": made.ends_at.isoformat()}
    personal = {"issue": made.issue, "by": roll.ref_of(call.db.get_one(MemberRow, made.by_id)).label}
    entry = register.enter(call.db, call.group, "council convened", facts, now=call.now, dice=call.house.dice, personal=personal)
    put_up_everywhere(call.db, call.group.id, "council", made.id, call.now, home=call.chat, thread=made.thread, tells=entry)


def close(call: Call, council_id: int) -> None:
    """`/close D-5 We suggest two fridges.`"""
    found = store.locked(call.db, council_id)
    if found.state != "open":
        raise Refused("council over", number=found.number)
    member = roll.find(call.db, call.group, call.person)
    if not permissions.sits(member, call.db, found.role, found.by_id, call.now):
        raise Refused("not in the council", number=found.number)
    rules.check_result(call.text.strip())
    found.result = call.text.strip()
    ending.end(call.db, found, "closed", call.now, call.house)
