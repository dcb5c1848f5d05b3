"""Two members turn out to be one person: in rounds that are open, and in objections that stand, they count once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import electorate, permissions
from bot.delivery import boards
from bot.features.consent import rules, stances, store
from bot.routing.house import OnePerson
from bot.tidy import tidy
from models import MemberRow, ObjectionRow, RoundRow, StanceRow


def merge(db: Session, found: OnePerson) -> Sequence[int]:
    """What `gone` said is `kept`'s from now on; of two stances `kept`'s stands, but an objection stands whoever made it."""
    rounds = store.open_rounds(db, found.kept.group_id)
    twice = {round_.proposal.number for round_ in rounds if unite(db, round_, found)}
    for proposal in store.unsettled(db, found.kept.group_id):
        if proposal.proposer_id == found.gone.id:
            proposal.proposer = found.kept
        for objection in store.objections(db, proposal.id):
            if objection.member_id == found.gone.id:
                hand_over(db, objection, found.kept, found.now)
    for round_ in rounds:
        recuse(db, round_, found.kept, found.now)
        boards.touch(db, stances.kind_of(round_), round_.id, found.now)
    return sorted(twice)


def unite(db: Session, round_: RoundRow, found: OnePerson) -> bool:
    """One place in the electorate and one stance; says whether there were two."""
    electorate.unite(db, round_.electorate_id, found.kept, found.gone)
    own, theirs = (store.stance_of(db, round_, member.id) for member in (found.kept, found.gone))
    if theirs is None:
        return False
    if own is None:
        stances.write(db, round_, found.kept, theirs.stance, None, found.now)
        store.stance_in(db, round_, found.kept.id).concern = theirs.concern
    else:
        round_.replaced += 1
        if objects(db, round_, theirs) and own.stance != "object":
            stances.write(db, round_, found.kept, "object", own, found.now)
    drop(db, round_, theirs, found.now)
    return own is not None


def objects(db: Session, round_: RoundRow, stance: StanceRow) -> bool:
    """Whether it is an objection that stands: one that the others have set aside does not come back."""
    if stance.stance != "object" or round_.objection_id is not None:
        return stance.stance == "object"
    return store.objection_of(db, round_.proposal_id, stance.member_id) is not None


def drop(db: Session, round_: RoundRow, stance: StanceRow, now: datetime) -> None:
    stances.log(db, round_, stance.member_id, "none", now)
    db.delete(stance)
    db.flush()


def hand_over(db: Session, objection: ObjectionRow, kept: MemberRow, now: datetime) -> None:
    """It is `kept`'s; of two that stand the older one's reason is added to theirs."""
    own = store.objection_of(db, objection.proposal_id, kept.id)
    if own is not None and objection.state == "open":
        reasons = dict.fromkeys(filter(None, (own.reason, objection.reason)))
        own.reason = tidy(" / ".join(reasons), rules.LONGEST_REASON)
        own.remind_at = None if own.reason else own.remind_at
        stances.settle(db, objection, "withdrawn", now)
        stances.show(db, own, now)
    objection.member = kept
    db.flush()
    stances.show(db, objection, now)


def recuse(db: Session, round_: RoundRow, kept: MemberRow, now: datetime) -> None:
    """Where it is about them, or about setting their own objection aside, they turn out to have no say."""
    objection = db.get(ObjectionRow, round_.objection_id) if round_.objection_id else None
    owns = objection is not None and permissions.is_theirs(kept, objection.member_id)
    if not owns and permissions.is_for_others(kept, db, round_.electorate_id):
        return
    raised = store.objection_of(db, round_.proposal_id, kept.id) if not owns else None
    if raised is not None:
        stances.settle(db, raised, "withdrawn", now)
    stance = store.stance_of(db, round_, kept.id)
    if stance is not None:
        round_.replaced += 1
        db.delete(stance)
    electorate.remove(db, round_.electorate_id, kept)
