"""A proposal is put to the group, and put anew when it is amended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import circles, electorate, hours, permissions, register
from bot.commons.electorate import Terms
from bot.commons.rooms import put_up_everywhere, say_everywhere
from bot.commons.when import read_quorum
from bot.delivery import boards
from bot.features.consent import rules, store
from bot.features.consent.faces import texts
from bot.features.consent.settings import LENGTH, QUORUM
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.routing.house import House, Question
from models import ChatRow, EntryRow, GroupRow, MemberRow, ObjectionRow, ProposalRow, RoundRow, VersionRow


@dataclass(frozen=True, slots=True)
class Asked:
    """What `/propose` asks for."""

    text: str
    closes_at: datetime
    quorum: str  # as it was said: "5", "40%"
    depth: str
    review: str = ""
    among: str = ""
    ends_id: int | None = None  # the decision that ends if this is adopted
    question: Question | None = None  # of a feature that acts on the outcome


@dataclass(frozen=True, slots=True)
class Place:
    """Where a proposal is put, and by whom."""

    group: GroupRow
    chat: ChatRow
    thread: str | None
    by: MemberRow


def put(call: Call, asked: Asked, proposer: MemberRow) -> ProposalRow:
    return put_in(call.db, Place(call.group, call.chat, call.event.origin.thread, proposer), asked, call.now)


def ask(db: Session, question: Question, now: datetime, house: House) -> int:
    """Another feature's question, as a quick round of everybody but those whom it is about."""
    place, group = Place(question.group, question.chat, question.thread, question.by), question.group
    asked = Asked(question.text, now + default_length(group), QUORUM.of(group), rules.QUICK, question=question)
    return put_in(db, place, asked, now).number


def put_in(db: Session, place: Place, asked: Asked, now: datetime) -> ProposalRow:
    """Write the proposal down, freeze who may take part, and ask. Refused: nobody to ask."""
    rules.check_text(asked.text)
    rules.check_length(now, asked.closes_at)
    proposal = ProposalRow(
        group_id=place.group.id,
        chat_id=place.chat.id,
        number=register.next_number(place.group),
        proposer=place.by,
        depth=asked.depth,
        among=asked.among,
        quorum=asked.quorum,
        review=asked.review,
        ends_id=asked.ends_id,
        purpose=asked.question.purpose if asked.question else "",
        subject_id=asked.question.subject_id if asked.question else None,
        version=1,
        created_at=now,
    )
    db.add(proposal)
    db.flush()
    add_version(db, proposal, asked.text, place.by, now)
    who = terms(db, place.group, asked.among, now, asked.question.without if asked.question else ())
    electorate_id, needed = freeze(db, place.group, proposal, who, now)
    round_ = open_round(db, place.group, proposal, electorate_id, needed, asked.closes_at, now)
    show(db, proposal, round_, now, place.thread)
    return proposal


def add_version(db: Session, proposal: ProposalRow, text: str, author: MemberRow, now: datetime) -> None:
    row = VersionRow(proposal_id=proposal.id, version=proposal.version, group_id=proposal.group_id, text=text)
    row.author_id, row.written_at = author.id, now
    db.add(row)


def open_round(
    db: Session, group: GroupRow, proposal: ProposalRow, electorate_id: int, quorum: int, closes_at: datetime, now: datetime
) -> RoundRow:
    first = rules.PHASES[0] if proposal.depth == "full" else rules.PHASES[-1]
    made = RoundRow(group_id=group.id, proposal=proposal, version=proposal.version, electorate_id=electorate_id)
    made.phase, made.quorum, made.opens_at, made.closes_at = first, quorum, now, closes_at
    made.nudge_at = nudge_time(group, now, closes_at)
    rewake(made)
    db.add(made)
    db.flush()
    return made


def nudge_time(group: GroupRow, opens_at: datetime, closes_at: datetime) -> datetime | None:
    """Once, before the end, and never in the group's quiet hours; None if there is no such time."""
    at = rules.nudge_time(opens_at, closes_at)
    return hours.waking(group, at, closes_at)


def rewake(round_: RoundRow) -> None:
    """When the round is looked at again."""
    times = [round_.closes_at]
    if round_.phase in rules.PHASE_ENDS:
        times.append(rules.phase_end(round_.phase, round_.opens_at, round_.closes_at))
    if round_.nudge_at is not None:
        times.append(round_.nudge_at)
    round_.wakes_at = min(times)


def show(db: Session, proposal: ProposalRow, round_: RoundRow, now: datetime, thread: str | None = None) -> None:
    """The board in each room; before it the full text, if that is too long for a board."""
    text = store.text_of(db, proposal)
    if texts.is_long(text):
        home = db.get_one(ChatRow, proposal.chat_id)

        def words(v: Voice, chat: ChatRow) -> Message:
            return texts.full_text(v, proposal.number, proposal.version, text)

        say_everywhere(db, proposal.group_id, words, f"text:{round_.id}", now, home=home, thread=thread)
    everywhere(db, proposal, "round", round_.id, now, thread)


def everywhere(
    db: Session,
    proposal: ProposalRow,
    kind: str,
    subject_id: int,
    now: datetime,
    thread: str | None = None,
    *,
    pin: bool = False,
    tells: EntryRow | None = None,
) -> None:
    """A board in each of the group's rooms, in the topic in which the proposal stands there."""
    home, after = db.get_one(ChatRow, proposal.chat_id), ("round", store.first_round(db, proposal.id))
    put_up_everywhere(db, proposal.group_id, kind, subject_id, now, home=home, thread=thread, after=after, pin=pin, tells=tells)


def amend(call: Call, proposal: ProposalRow, text: str, author: MemberRow) -> RoundRow:
    """The next version: stances are asked anew, and objectors whether it meets their objection."""
    rules.check_text(text)
    if proposal.purpose:
        raise Refused("text stays", number=proposal.number)
    if text == store.text_of(call.db, proposal):
        raise Refused("nothing amended")
    before = store.current_round(call.db, proposal.id)
    if before is None or proposal.state not in {"open", "blocked", "no quorum"}:
        raise Refused("already decided", number=proposal.number)
    length, was_open = before.closes_at - before.opens_at, before.outcome == "open"
    end_round(call.db, before, "amended", call.now)
    proposal.version += 1
    proposal.state, proposal.decided_at = "open", None
    add_version(call.db, proposal, text, author, call.now)
    frozen, needed = before.electorate_id, before.quorum
    if not was_open:
        who = terms(call.db, call.group, proposal.among, call.now)
        frozen, needed = freeze(call.db, call.group, proposal, who, call.now)
    made = open_round(call.db, call.group, proposal, frozen, needed, call.now + length, call.now)
    made.phase = "stances"
    rewake(made)
    show(call.db, proposal, made, call.now)
    for objection in store.open_objections(call.db, proposal.id):
        everywhere(call.db, proposal, "objection", objection.id, call.now)
    return made


def freeze(db: Session, group: GroupRow, proposal: ProposalRow, terms: Terms, now: datetime) -> tuple[int, int]:
    """The electorate as it is today, and how many of it must take a stance. Refused: nobody to ask, or a quorum out of reach."""
    who = electorate.freeze(db, group, now, terms)
    if not who.size:
        raise Refused("nobody to ask")
    needed = read_quorum(proposal.quorum).of(who.awake)
    if needed > who.size:
        raise Refused("quorum too high", needed=needed, size=who.size)
    return who.id, needed


def terms(db: Session, group: GroupRow, among: str, now: datetime, without: Sequence[MemberRow] = ()) -> Terms:
    circle = circles.members_of(db, group, among, now) if among else None
    return Terms(members=circle, without=without)


def end_round(db: Session, round_: RoundRow, outcome: str, now: datetime) -> None:
    """And those about objections to it with it; one that has ended already stays as it ended."""
    if round_.outcome == "open":
        round_.outcome, round_.closed_at, round_.nudge_at = outcome, now, None
    for aside in store.open_asides(db, round_.proposal_id):
        aside.outcome, aside.closed_at = "withdrawn", now
        boards.touch(db, "aside", aside.id, now)
    boards.touch(db, "round", round_.id, now)


def ask_to_set_aside(call: Call, objection: ObjectionRow, main: RoundRow) -> RoundRow:
    """A small round of all others, which ends with the main one or after a day."""
    everybody = electorate.members_of(call.db, main.electorate)
    others = [member for member in everybody if not permissions.is_theirs(member, objection.member_id)]
    who = electorate.freeze(call.db, call.group, call.now, Terms(members=others, anew=True))
    who.without = main.electorate.without
    made = RoundRow(group_id=call.group.id, proposal=objection.proposal, version=main.version, objection_id=objection.id)
    made.electorate_id, made.quorum, made.opens_at = who.id, -(-who.awake // 2), call.now
    made.closes_at = min(main.closes_at, call.now + timedelta(days=1))
    rewake(made)
    call.db.add(made)
    call.db.flush()
    everywhere(call.db, objection.proposal, "aside", made.id, call.now)
    return made


def default_length(group: GroupRow) -> timedelta:
    return timedelta(seconds=LENGTH.of(group))
