"""Handlers of what is typed: find, decide, save, announce."""

from collections.abc import Callable

from bot.commons import permissions, roll
from bot.delivery import boards
from bot.features.consent import asking, closing, opening, rules, stances, store, texts
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import isolated
from models import MemberRow, ProposalRow, RoundRow


def propose(call: Call) -> None:
    asked = asking.read(call)
    rules.check_text(asked.text)
    proposer = roll.known(call.db, call.group, call.event.origin, call.now)
    opening.put(call, asked, proposer)


def vote(call: Call, proposal_id: int) -> None:
    """The typed equal of a button."""
    stance, rest = rules.read_stance(call.text)
    answer(call, running(call, proposal_id), stance, rest)


def saying(stance: rules.Stance) -> Callable[[Call, int], None]:
    """A command for each stance; words after it are the concern, or the reason."""

    def handle(call: Call, proposal_id: int) -> None:
        answer(call, running(call, proposal_id), stance, call.text)

    return handle


def answer(call: Call, round_: RoundRow, stance: rules.Stance, words: str) -> None:
    member = speaker(call)
    if not stances.may_take(call.db, round_, member):
        call.answer(texts.said(texts.not_elector(call.voice, call.prefix)))
        return
    assert member is not None
    stances.take(call.db, round_, member, stance, call.now, call.said_by)
    objection = store.objection_of(call.db, round_.proposal_id, member.id)
    if words and objection is not None:
        stances.give_reason(call.db, objection, words, call.now)
    elif words and stance != "object":  # of one that the others have set aside the reason is known
        stances.add_concern(call.db, round_, member, words, call.now)
    call.answer(texts.stance_noted(call.voice, round_.proposal.number, roll.name_of(member), stance, bool(words)))


def concern(call: Call, proposal_id: int) -> None:
    round_ = running(call, proposal_id)
    stances.add_concern(call.db, round_, speaker(call), call.text, call.now)
    call.answer(texts.said(texts.concern_noted(call.voice, round_.proposal.number)))


def amend(call: Call, proposal_id: int) -> None:
    proposal = store.locked(call.db, proposal_id)
    author = steering(call, proposal)
    text = call.text or (call.quoted.text if call.quoted else "")
    opening.amend(call, proposal, text.strip(), author)


def close(call: Call, proposal_id: int) -> None:
    round_ = running(call, proposal_id)
    steering(call, round_.proposal)
    closing.close(call.db, round_, call.now, call.house)


def extend(call: Call, proposal_id: int) -> None:
    round_ = running(call, proposal_id)
    member = steering(call, round_.proposal)
    if round_.extensions >= rules.MOST_EXTENSIONS:
        raise Refused("extended enough", most=rules.MOST_EXTENSIONS)
    closes_at = asking.more_time(call, round_.closes_at)
    if closes_at <= round_.closes_at:
        raise Refused("not longer")
    rules.check_length(round_.opens_at, closes_at)
    round_.closes_at, round_.extensions = closes_at, round_.extensions + 1
    opening.rewake(round_)
    boards.touch(call.db, "round", round_.id, call.now)
    call.answer(texts.extended(call.voice, round_.proposal.number, roll.name_of(member), closes_at))


def withdraw(call: Call, proposal_id: int) -> None:
    """The proposal, by whoever may steer it; else one's own objection to it."""
    member, proposal = speaker(call), store.locked(call.db, proposal_id)
    round_ = running(call, proposal_id)
    if permissions.withdraws(member, call.db, call.group, proposal.proposer_id, proposal.purpose, call.now):
        closing.end(call.db, round_, "withdrawn", call.now, call.house)
        return
    objection = store.objection_of(call.db, proposal_id, member.id) if member else None
    if objection is None:
        raise Refused("not yours", number=proposal.number)
    stances.settle(call.db, objection, "withdrawn", call.now)
    call.answer(texts.said(texts.objection_withdrawn(call.voice, proposal.number)))


def rounds(call: Call) -> None:
    member = speaker(call)
    lines = [line_of(call, round_, member) for round_ in store.open_rounds(call.db, call.group.id) if round_.objection_id is None]
    call.answer(texts.rounds(call.voice, lines, call.prefix))


def line_of(call: Call, round_: RoundRow, member: MemberRow | None) -> texts.Line:
    mine = store.stance_of(call.db, round_, member.id) if member else None
    title = isolated(rules.title_of(store.text_of(call.db, round_.proposal)))
    return texts.Line(round_.proposal.number, title, round_.closes_at, mine.stance if mine else "")


def running(call: Call, proposal_id: int) -> RoundRow:
    round_ = store.current_round(call.db, proposal_id)
    if round_ is None or round_.outcome != "open":
        raise Refused("round over", number=round_.proposal.number if round_ else 0)
    return round_


def speaker(call: Call) -> MemberRow | None:
    return roll.find(call.db, call.group, call.event.origin.person)


def steering(call: Call, proposal: ProposalRow) -> MemberRow:
    member = speaker(call)
    if not permissions.steers(member, call.db, call.group, proposal.proposer_id, call.now):
        raise Refused("not yours to steer", number=proposal.number)
    if proposal.purpose and not permissions.takes_part(member, call.db, running(call, proposal.id).electorate_id):
        raise Refused("about you", number=proposal.number)
    return member
