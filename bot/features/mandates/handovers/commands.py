"""Handlers of handovers: asked for, noted, read and confirmed."""

from datetime import timedelta

from bot.chat.action import action
from bot.chat.incoming import Ack
from bot.commons import mandates, permissions, private, roll
from bot.commons.rolenames import role_named
from bot.delivery import boards
from bot.delivery.outbox import say
from bot.features.mandates import handing, presses, rules, store
from bot.features.mandates.handovers import texts
from bot.features.mandates.handovers.boards import BOARD, facts_of
from bot.features.mandates.reminders import AWAITS
from bot.refusal import Refused
from bot.routing.feature import Call, voice_in
from bot.routing.house import prefix_on
from bot.tidy import isolated
from models import ChatRow, GroupRow, HandoverRow, MandateRow, MemberRow

SINCE = timedelta(days=30)  # how long after its end a mandate can still be handed over


def press(call: Call) -> Ack:
    """`Hand over`: asked in private where that can be, else in the room."""
    mandate = presses.held(call)
    chat = private.room_of(call.db, mandate.member, call.now) or call.chat
    ask(call, mandate, chat)
    return Ack(texts.asked_here(call.voice) if chat.id == call.chat.id else texts.asked_in_private(call.voice))


def ask(call: Call, mandate: MandateRow, chat: ChatRow) -> None:
    group = call.db.get_one(GroupRow, mandate.group_id)
    name, role = roll.name_of(mandate.member), isolated(mandate.role.name)
    words = texts.ask(voice_in(chat, group), name, role, prefix_on(chat.platform))
    thread = call.event.origin.thread if chat.id == call.chat.id else None
    key = f"{call.key}:handover"
    say(call.db, chat, words, key=key, now=call.now, thread=thread, awaits=action(AWAITS, mandate.id))


def reply(call: Call) -> Ack | None:
    """Only from whoever was asked; others may talk."""
    mandate = store.pressed(call.db, call.about)
    if mandate is None or call.chat.group_id not in (None, mandate.group_id):
        return None
    member = (
        private.about_group(call, mandate.group_id) if call.chat.group_id is None else roll.find(call.db, call.group, call.person)
    )
    if permissions.is_theirs(member, mandate.member_id) and is_recent(call, mandate):
        note(call, mandate, call.text)
    return None


def handover(call: Call) -> None:
    """Typed: the notes, or nothing to be asked for them."""
    mandate, words = named(call)
    if call.chat.group_id is None:
        private.about_group(call, mandate.group_id)
    if words:
        note(call, mandate, words)
    else:
        ask(call, mandate, private.room_of(call.db, mandate.member, call.now) or call.chat)


def note(call: Call, mandate: MandateRow, words: str) -> None:
    if rules.takes_back(words):
        handing.take_back(call.db, mandate)
        call.answer(texts.taken_back(call.voice))
        return
    things = rules.things(words)
    handing.note(call.db, mandate, things, call.now)
    call.answer(texts.noted(call.voice, len(things), isolated(mandate.role.name)))


def named(call: Call) -> tuple[MandateRow, str]:
    """One of the speaker's own mandates, and the notes."""
    own = [each for each in store.of_person(call.db, call.person, call.chat.group_id) if is_recent(call, each)]
    if not own:
        raise Refused("nothing to hand over")
    found = role_named(call.text, {each.role.key for each in own})
    meant = [each for each in own if found is None or each.role.key == found[0]]
    if found is None and len({each.role_id for each in own}) > 1:
        raise Refused("which handover", roles=list(dict.fromkeys(isolated(each.role.name) for each in own)))
    if len({each.group_id for each in meant}) > 1:
        raise Refused("handover in several")
    return meant[0], found[1] if found else call.text


def is_recent(call: Call, mandate: MandateRow) -> bool:
    return mandate.state == "running" or (mandate.ended_at or mandate.ends_at) > call.now - SINCE


def read(call: Call) -> None:
    """In private, for the successor."""
    row = received(call)
    call.answer(texts.things(call.voice, facts_of(call.db, row)))


def confirm(call: Call) -> Ack:
    row = received(call)
    if row.state == "confirmed":
        raise Refused("handed over already")
    row.state, row.confirmed_at = "confirmed", call.now
    group = call.db.get_one(GroupRow, row.group_id)
    facts = {"mandate": row.mandate_id, "to": row.receiver_id, "things": len(row.things)}
    mandates.enter(call.db, group, "mandate handed over", row.mandate, facts, call.now, call.house)
    boards.touch(call.db, BOARD, row.id, call.now)
    return Ack(texts.confirmed(call.voice))


def received(call: Call) -> HandoverRow:
    """Anyone can forge a button: it must be something that was given to whoever presses it."""
    row = store.handover(call.db, call.about)
    if row is None or row.receiver is None or row.state == "noted" or call.chat.group_id not in (None, row.group_id):
        raise Refused("old button")
    member = speaker(call, row.group_id)
    if not permissions.is_theirs(member, row.receiver.member_id):
        raise Refused("for the follower")
    return row


def speaker(call: Call, group_id: int) -> MemberRow | None:
    """As whom they speak in that group, in its room or in private."""
    return private.about_group(call, group_id) if call.chat.group_id is None else roll.find(call.db, call.group, call.person)
