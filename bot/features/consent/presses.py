"""Handlers of buttons, and of words in reply to a board."""

from collections.abc import Callable

from bot.chat.incoming import Ack
from bot.commons import permissions
from bot.delivery import boards
from bot.features.consent import closing, opening, rules, stances, store, texts
from bot.features.consent.commands import speaker
from bot.refusal import Refused
from bot.routing.feature import Call
from models import MemberRow, ObjectionRow, RemarkRow, RoundRow


def taking(stance: rules.Stance) -> Callable[[Call], Ack]:
    def handle(call: Call) -> Ack:
        round_, member = pressed_round(call), speaker(call)
        if not stances.may_take(call.db, round_, member):
            return Ack(texts.not_elector(call.voice, call.prefix), refused=True)
        assert member is not None
        new = stances.take(call.db, round_, member, stance, call.now, call.said_by)
        if round_.objection_id is not None and closing.complete(call.db, round_):
            closing.close_aside(call.db, round_, call.now)
        return Ack(texts.taken(call.voice, stance, new))

    return handle


def pressed_round(call: Call) -> RoundRow:
    """Anyone can forge a button: it must be a round of this group's, whose board stands somewhere."""
    found = store.round_in(call.db, call.chat.group_id, call.about[0]) if len(call.about) == 1 else None
    if found is None or not boards.may_stand(call.db, stances.kind_of(found), found.id):
        raise Refused("old button")
    return found


def pressed_objection(call: Call) -> ObjectionRow:
    found = store.objection_in(call.db, call.chat.group_id, call.about[0]) if len(call.about) == 1 else None
    if found is None:
        raise Refused("old button")
    if found.state != "open":
        raise Refused("objection settled")
    return found


def owned(call: Call) -> ObjectionRow:
    found, member = pressed_objection(call), speaker(call)
    if not permissions.is_theirs(member, found.member_id):
        raise Refused("not your objection")
    return found


def withdraw(call: Call) -> Ack:
    objection = owned(call)
    stances.settle(call.db, objection, "withdrawn", call.now)
    return Ack(texts.objection_withdrawn(call.voice, objection.proposal.number))


def met(call: Call) -> Ack:
    """The new version meets the objection."""
    objection = owned(call)
    stances.settle(call.db, objection, "integrated", call.now)
    return Ack(texts.objection_met(call.voice))


def not_met(call: Call) -> Ack:
    objection = owned(call)
    stances.still_objects(call.db, main_round(call, objection), objection, call.now)
    return Ack(texts.objection_stands(call.voice))


def set_aside(call: Call) -> Ack:
    """Somebody else in the electorate asks the others to set the objection aside."""
    objection, member = pressed_objection(call), speaker(call)
    main = main_round(call, objection)
    if permissions.is_theirs(member, objection.member_id) or not permissions.takes_part(member, call.db, main.electorate_id):
        raise Refused("for the others")
    if store.aside_round(call.db, objection.id) is not None:
        raise Refused("asked already")
    if not objection.reason:
        raise Refused("hear first")
    opening.ask_to_set_aside(call, objection, main)
    return Ack(texts.reason_wanted(call.voice))


def main_round(call: Call, objection: ObjectionRow) -> RoundRow:
    main = store.current_round(call.db, objection.proposal_id)
    if main is None or main.outcome != "open":
        raise Refused("round over", number=objection.proposal.number)
    return main


def next_phase(call: Call) -> Ack:
    round_, member = pressed_round(call), speaker(call)
    if round_.outcome != "open" or round_.phase == rules.PHASES[-1]:
        raise Refused("old button")
    if not permissions.steers(member, call.db, call.group, round_.proposal.proposer_id, call.now):
        raise Refused("not yours to steer", number=round_.proposal.number)
    round_.phase = rules.next_phase(round_.phase)
    opening.rewake(round_)
    boards.touch(call.db, "round", round_.id, call.now)
    return Ack(texts.phase_named(call.voice, round_.phase))


def reply_to_round(call: Call) -> Ack | None:
    """A question or a reaction, the reason of an objection, a concern, or a stance in words; other talk is left alone."""
    round_, member = pressed_round(call), speaker(call)
    if round_.outcome != "open" or not permissions.takes_part(member, call.db, round_.electorate_id):
        return None
    if round_.phase != rules.PHASES[-1]:
        remark(call, round_, member)
        return Ack(texts.remark_noted(call.voice, round_.phase))
    return reply_in_stances(call, round_, member)


def reply_in_stances(call: Call, round_: RoundRow, member: MemberRow) -> Ack | None:
    objection = store.objection_of(call.db, round_.proposal_id, member.id)
    if objection is not None:
        stances.give_reason(call.db, objection, call.text, call.now)
        call.answer(texts.said(texts.reason_noted(call.voice, round_.proposal.number)))
        return Ack(texts.reason_noted(call.voice, round_.proposal.number))
    if store.stance_of(call.db, round_, member.id) is None:
        return None
    stances.add_concern(call.db, round_, member, call.text, call.now)
    call.answer(texts.said(texts.concern_noted(call.voice, round_.proposal.number)))
    return Ack(texts.concern_noted(call.voice, round_.proposal.number))


def remark(call: Call, round_: RoundRow, member: MemberRow) -> None:
    text = stances.readable(call.text)
    row = RemarkRow(group_id=round_.group_id, round_id=round_.id, member_id=member.id, phase=round_.phase, text=text)
    row.said_at = call.now
    call.db.add(row)
    boards.touch(call.db, stances.kind_of(round_), round_.id, call.now)


def reply_to_objection(call: Call) -> Ack | None:
    """Its owner's words are the reason; others talk."""
    objection = store.objection_in(call.db, call.chat.group_id, call.about[0])
    member = speaker(call)
    if objection is None or objection.state != "open" or not permissions.is_theirs(member, objection.member_id):
        return None
    stances.give_reason(call.db, objection, call.text, call.now)
    call.answer(texts.said(texts.reason_noted(call.voice, objection.proposal.number)))
    return Ack(texts.reason_noted(call.voice, objection.proposal.number))


def reply_to_aside(call: Call) -> Ack | None:
    """The reason for setting an objection aside."""
    round_, member = pressed_round(call), speaker(call)
    if round_.outcome != "open" or not permissions.takes_part(member, call.db, round_.electorate_id):
        return None
    remark(call, round_, member)
    call.db.flush()
    if closing.complete(call.db, round_):
        closing.close_aside(call.db, round_, call.now)
    call.answer(texts.said(texts.aside_reason_noted(call.voice)))
    return Ack(texts.aside_reason_noted(call.voice))
