"""Taking a stance, and what becomes of an objection."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.commons import permissions
from bot.delivery import boards
from bot.features.consent import rules, store
from bot.features.consent.opening import everywhere
from bot.refusal import Refused
from bot.tidy import tidy
from models import MemberRow, ObjectionRow, ProposalRow, RoundRow, StanceChangeRow, StanceRow

ASK_AGAIN = timedelta(hours=6)  # after which an objector is asked for the reason once more


def take(db: Session, round_: RoundRow, member: MemberRow | None, stance: rules.Stance, now: datetime, said_by: str = "") -> bool:
    """Count the stance; says whether it was anything new. A later one of the same member replaces the earlier.

    Touches the member's own row and the round's head, however many others have spoken.
    Refused: the round is over, or not at this step. Of somebody who is not in the electorate it returns False,
    because the accounting line of the result counts what was refused: ask `may_take` first.
    """
    check_open(round_)
    assert member is not None
    before = store.stance_among(db, round_, member)
    if before is not None and before.stance == stance:
        before.event_id = said_by
        return False
    round_.received += 1
    round_.replaced += before is not None
    write(db, round_, member, stance, before, now).event_id = said_by
    if round_.objection_id is None:
        follow(db, round_.proposal, member, stance, now)
    boards.touch(db, kind_of(round_), round_.id, now)
    return True


def check_open(round_: RoundRow) -> None:
    if round_.outcome != "open":
        raise Refused("round over", number=round_.proposal.number)
    if round_.phase != "stances":
        raise Refused("not yet stances", number=round_.proposal.number)


def may_take(db: Session, round_: RoundRow, member: MemberRow | None) -> bool:
    """Whether the member is in the electorate; somebody who is not is counted among the refused."""
    check_open(round_)
    if permissions.takes_part(member, db, round_.electorate_id):
        return True
    round_.received += 1
    round_.refused += 1
    return False


def kind_of(round_: RoundRow) -> str:
    return "round" if round_.objection_id is None else "aside"


def write(db: Session, round_: RoundRow, member: MemberRow, stance: str, before: StanceRow | None, now: datetime) -> StanceRow:
    log(db, round_, member.id, stance, now)
    if before is None:
        made = StanceRow(round_id=round_.id, member_id=member.id, group_id=round_.group_id, stance=stance, taken_at=now)
        db.add(made)
        return made
    before.stance, before.taken_at = stance, now
    before.concern = before.concern if stance == "consent" else ""
    return before


def log(db: Session, round_: RoundRow, member_id: int, stance: str, now: datetime) -> None:
    db.add(StanceChangeRow(group_id=round_.group_id, round_id=round_.id, member_id=member_id, stance=stance, taken_at=now))


def follow(db: Session, proposal: ProposalRow, member: MemberRow, stance: str, now: datetime) -> None:
    """An objection stands while its owner objects, and ends when its owner no longer does."""
    standing = store.objection_of(db, proposal.id, member.id)
    if stance == "object":
        if standing is None and not store.was_set_aside(db, proposal, member.id):
            raise_objection(db, proposal, member, now)
    elif standing is not None:
        settle(db, standing, "integrated" if standing.version < proposal.version else "withdrawn", now)


def raise_objection(db: Session, proposal: ProposalRow, member: MemberRow, now: datetime) -> ObjectionRow:
    made = ObjectionRow(group_id=proposal.group_id, proposal=proposal, member=member, version=proposal.version)
    made.state, made.raised_at, made.remind_at = "open", now, now + ASK_AGAIN
    db.add(made)
    db.flush()
    everywhere(db, proposal, "objection", made.id, now)
    return made


def give_reason(db: Session, objection: ObjectionRow, words: str, now: datetime) -> None:
    """Refused: no words, or too many."""
    objection.reason, objection.remind_at = readable(words), None
    show(db, objection, now)


def readable(words: str) -> str:
    text = tidy(words, rules.LONGEST_REASON + 1)
    if not text:
        raise Refused("reason missing")
    if len(text) > rules.LONGEST_REASON:
        raise Refused("reason too long", limit=rules.LONGEST_REASON)
    return text


def settle(db: Session, objection: ObjectionRow, state: str, now: datetime, why: str = "") -> None:
    """The objection ends: integrated, withdrawn or set aside; a round about it ends with it."""
    objection.state, objection.settled_at, objection.remind_at, objection.settled_why = state, now, None, why
    objection.settled_version = objection.proposal.version
    if state != "set aside":
        take_back(db, objection, now)
    aside = store.aside_round(db, objection.id)
    if aside is not None and state != "set aside":
        aside.outcome, aside.closed_at = "withdrawn", now
        boards.touch(db, "aside", aside.id, now)
    show(db, objection, now)


def take_back(db: Session, objection: ObjectionRow, now: datetime) -> None:
    """Its owner no longer objects; a stance that still says so is no stance any more."""
    round_ = store.current_round(db, objection.proposal_id)
    stance = store.stance_of(db, round_, objection.member_id) if round_ else None
    if round_ is None or stance is None or stance.stance != "object" or round_.outcome != "open":
        return
    db.delete(stance)
    round_.replaced += 1
    log(db, round_, objection.member_id, "none", now)
    db.flush()


def unsay(db: Session, round_: RoundRow, stance: StanceRow, now: datetime) -> None:
    """The member has not spoken, as far as it can still be changed; an objection goes with the stance."""
    raised = store.objection_of(db, round_.proposal_id, stance.member_id) if round_.objection_id is None else None
    if stance.stance == "object" and raised is not None:
        settle(db, raised, "withdrawn", now)
        return
    db.delete(stance)
    round_.replaced += 1
    log(db, round_, stance.member_id, "none", now)
    db.flush()
    boards.touch(db, kind_of(round_), round_.id, now)


def still_objects(db: Session, round_: RoundRow, objection: ObjectionRow, now: datetime) -> None:
    """The new version does not meet it: it stands against this version too, and so does its owner's stance."""
    objection.version = objection.proposal.version
    may = permissions.takes_part(objection.member, db, round_.electorate_id)
    if may and store.stance_of(db, round_, objection.member_id) is None:
        take(db, round_, objection.member, "object", now)
    show(db, objection, now)


def show(db: Session, objection: ObjectionRow, now: datetime) -> None:
    boards.touch(db, "objection", objection.id, now)
    round_ = store.current_round(db, objection.proposal_id)
    if round_ is not None:
        boards.touch(db, "round", round_.id, now)


def add_concern(db: Session, round_: RoundRow, member: MemberRow | None, words: str, now: datetime) -> None:
    """Recorded beside the member's consent; it blocks nothing."""
    check_open(round_)
    stance = store.stance_of(db, round_, member.id) if member else None
    if stance is None or stance.stance == "object":
        raise Refused("concern without consent", number=round_.proposal.number)
    stance.concern = readable(words)
    boards.touch(db, "round", round_.id, now)
