"""A round ends: it is counted, entered in the register, and told in every room."""

from collections import Counter
from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import register, roll
from bot.commons.accounting import Accounting
from bot.commons.when import after, read_span
from bot.delivery import boards
from bot.features.consent import rules, stances, store
from bot.features.consent.opening import end_round, everywhere
from bot.features.consent.settings import RESULTS
from bot.language import Voice
from bot.routing.house import Decided, House
from models import ChatRow, EntryRow, GroupRow, ObjectionRow, ProposalRow, RoundRow, StanceRow


def close(db: Session, round_: RoundRow, now: datetime, house: House) -> None:
    """Count what was said and write down what it came to."""
    for aside in store.open_asides(db, round_.proposal_id):
        close_aside(db, aside, now)
    tally = store.tally(db, round_)
    came_to = rules.outcome(len(store.open_objections(db, round_.proposal_id)), tally.counted, round_.quorum)
    end(db, round_, came_to, now, house)


def end(db: Session, round_: RoundRow, came_to: str, now: datetime, house: House) -> None:
    proposal = round_.proposal
    end_round(db, round_, came_to, now)
    proposal.state, proposal.decided_at = came_to, now
    group = db.get_one(GroupRow, proposal.group_id)
    if came_to == "adopted":
        adopt(db, group, proposal, now)
    entry = enter(db, group, proposal, round_, now, house)
    for objection in store.open_objections(db, proposal.id):
        objection.remind_at = None
        boards.touch(db, "objection", objection.id, now)
    everywhere(db, proposal, "outcome", round_.id, now, pin=RESULTS.of(group) == "pin", tells=entry)
    everywhere(db, proposal, "record", round_.id, now)
    if proposal.purpose:
        house.tell(db, Decided(group, proposal.number, proposal.purpose, proposal.subject_id or 0, came_to), now, house)


def take_back(db: Session, group: GroupRow, number: int, now: datetime, house: House) -> bool:
    """A question that is no longer needed."""
    found = store.by_number(db, group, number)
    round_ = store.current_round(db, found) if found else None
    if round_ is None or round_.outcome != "open" or not round_.proposal.purpose:
        return False
    end(db, round_, "withdrawn", now, house)
    return True


def adopt(db: Session, group: GroupRow, proposal: ProposalRow, now: datetime) -> None:
    if proposal.review:
        proposal.review_at = after(read_span(proposal.review), now, Voice(group.language, group.zone).zone)
    ended = db.get(ProposalRow, proposal.ends_id) if proposal.ends_id else None
    if ended is not None:
        ended.review_state, ended.review_at = "ended", None
        boards.touch(db, "review", ended.id, now)


def accounting(db: Session, round_: RoundRow) -> Accounting:
    return Accounting(round_.received, store.tally(db, round_).counted, round_.replaced, round_.refused)


def enter(db: Session, group: GroupRow, proposal: ProposalRow, round_: RoundRow, now: datetime, house: House) -> EntryRow:
    """The decision; what it says, and who said what, stands outside the hashed part."""
    ended = db.get(ProposalRow, proposal.ends_id) if proposal.ends_id else None
    facts = {
        "decision": f"D-{proposal.number}",
        "version": proposal.version,
        "method": "consent",
        "result": round_.outcome,
        "opened_at": round_.opens_at.isoformat(),
        "due_at": round_.closes_at.isoformat(),
        "stances": asdict(store.tally(db, round_)),
        "accounting": asdict(accounting(db, round_)),
        "quorum": round_.quorum,
        "electorate": electorate(round_),
        "objections": counted_by_state(db, proposal),
        "ends": f"D-{ended.number}" if ended else None,
        "review_at": proposal.review_at.isoformat() if proposal.review_at else None,
    }
    return register.enter(db, group, "decision", facts, now=now, dice=house.dice, personal=personal(db, proposal, round_))


def counted_by_state(db: Session, proposal: ProposalRow) -> dict[str, int]:
    """How many objections there were to any version, and what became of them."""
    return dict(Counter(each.state for each in store.objections(db, proposal.id)))


def electorate(round_: RoundRow) -> dict[str, object]:
    """All that the quorum was worked out from."""
    who = round_.electorate
    return {"size": who.size, "resting": who.resting, "sha256": who.fingerprint}


def personal(db: Session, proposal: ProposalRow, round_: RoundRow) -> dict[str, object]:
    rows = db.query(StanceRow).filter_by(round_id=round_.id).order_by(StanceRow.member_id)
    said = {roll.ref_of(row.member).label: [row.stance, row.concern] for row in rows}
    objections = [
        [roll.ref_of(each.member).label, each.reason, each.state, each.settled_why] for each in store.objections(db, proposal.id)
    ]
    by = roll.ref_of(proposal.proposer).label
    electors = round_.electorate.document.splitlines()
    return {"by": by, "text": store.text_of(db, proposal), "stances": said, "objections": objections, "electorate": electors}


def close_aside(db: Session, aside: RoundRow, now: datetime) -> None:
    """The others have spoken on an objection: it is set aside, or it stands."""
    objection = db.get_one(ObjectionRow, aside.objection_id)
    tally = store.tally(db, aside)
    reason = "; ".join(remark.text for remark in store.remarks(db, aside.id, 1))
    aside.closed_at = now
    aside.outcome = "adopted" if rules.set_aside(aside.electorate.awake, tally.counted, tally.object, reason) else "blocked"
    if aside.outcome == "adopted":
        stances.settle(db, objection, "set aside", now, reason)
    boards.touch(db, "aside", aside.id, now)


def complete(db: Session, aside: RoundRow) -> bool:
    """Whether all others have spoken, and a reason is there."""
    return store.tally(db, aside).counted >= aside.electorate.size and store.remark_count(db, aside.id) > 0


def home_of(db: Session, proposal: ProposalRow) -> ChatRow:
    return db.get_one(ChatRow, proposal.chat_id)
