"""What somebody said about proposals goes; what the group was asked stays, and their stances stay counted, of nobody."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.commons import texts
from bot.delivery import boards
from bot.features.consent import stances, store
from bot.routing.feature import voice_in
from bot.routing.forgetting import Forget, Forgotten
from bot.routing.house import Unnamed
from models import (
    ChatRow,
    ElectorateRow,
    MemberRow,
    ObjectionRow,
    ProposalRow,
    RemarkRow,
    RoundRow,
    StanceChangeRow,
    StanceRow,
    VersionRow,
)


def forget(db: Session, found: Forgotten) -> None:
    db.execute(update(StanceRow).where(StanceRow.member_id.in_(found.ids)).values(event_id=None))
    for member in found.members:
        withdraw(db, member, found)
        unsay(db, member)
        for version in about(db, member, found):
            name_nobody(db, version, found)
        show(db, member, found)


def withdraw(db: Session, member: MemberRow, found: Forgotten) -> None:
    """Their objections that still block."""
    for objection in db.scalars(select(ObjectionRow).filter_by(member_id=member.id, state="open")).all():
        stances.settle(db, objection, "withdrawn", found.now)


def unsay(db: Session, member: MemberRow) -> None:
    """What they said for setting an objection aside stands with it as the reason, together with what others said."""
    said = select(RemarkRow.round_id).filter_by(member_id=member.id)
    for aside in db.scalars(select(RoundRow).where(RoundRow.id.in_(said), RoundRow.objection_id.is_not(None))):
        objection = db.get_one(ObjectionRow, aside.objection_id)
        others = [remark.text for remark in store.remarks(db, aside.id, 1) if remark.member_id != member.id]
        objection.settled_why = "; ".join(others) if objection.settled_why else ""
    db.flush()


def about(db: Session, member: MemberRow, found: Forgotten) -> list[VersionRow]:
    """Questions that the house has put about them, or that name them, in our words."""
    query = select(VersionRow, ElectorateRow).join(ProposalRow, VersionRow.proposal_id == ProposalRow.id)
    query = query.join(RoundRow, RoundRow.proposal_id == ProposalRow.id).where(RoundRow.objection_id.is_(None))
    query = query.join(ElectorateRow, RoundRow.electorate_id == ElectorateRow.id)
    asked = db.execute(query.where(ProposalRow.group_id == member.group_id, ProposalRow.purpose != "")).all()
    return [
        version for version, who in asked if member.id in (who.without or ()) or found.unnamed(version.text, "") != version.text
    ]


def name_nobody(db: Session, version: VersionRow, found: Forgotten) -> None:
    proposal = db.get_one(ProposalRow, version.proposal_id)
    voice = voice_in(db.get_one(ChatRow, proposal.chat_id), store.lock_group(db, proposal.group_id))
    found.about.add((proposal.group_id, proposal.number))
    named, version.text = version.text, found.unnamed(version.text, texts.somebody(voice))
    if version.text == named:
        version.text = texts.about_somebody(voice)
    for kind in ("round", "outcome", "record"):
        touch_boards(db, proposal, kind, found)


def touch_boards(db: Session, proposal: ProposalRow, kind: str, found: Forgotten) -> None:
    for round_id in db.scalars(select(RoundRow.id).filter_by(proposal_id=proposal.id)):
        boards.touch(db, kind, round_id, found.now)


def show(db: Session, member: MemberRow, found: Forgotten) -> None:
    for round_ in store.open_rounds(db, member.group_id):
        boards.touch(db, stances.kind_of(round_), round_.id, found.now)


def unname(db: Session, found: Unnamed) -> None:
    """Stances in rounds that closed then are nobody's: the log of changes goes, and so does when each was taken."""
    closed = select(RoundRow).where(RoundRow.group_id == found.group.id, RoundRow.closed_at > found.since)
    for round_ in db.scalars(closed.where(RoundRow.closed_at <= found.until)).all():
        rows = db.execute(select(StanceRow.stance, StanceRow.concern).filter_by(round_id=round_.id)).all()
        db.execute(delete(StanceRow).filter_by(round_id=round_.id))
        db.execute(delete(StanceChangeRow).filter_by(round_id=round_.id))
        said = sorted(map(tuple, rows))
        for (stance, concern), nobody in zip(said, found.nobodies(len(said)), strict=True):
            row = StanceRow(round_id=round_.id, member_id=nobody.id, group_id=round_.group_id, stance=stance, concern=concern)
            row.taken_at = round_.closed_at or found.until
            db.add(row)
        db.flush()
        for kind in ("round", "aside", "outcome", "record"):
            boards.touch(db, kind, round_.id, found.now)


FORGET = Forget(
    empty={
        StanceRow.concern: StanceRow.member_id,
        ObjectionRow.reason: ObjectionRow.member_id,
        RemarkRow.text: RemarkRow.member_id,
    },
    by_hand=(ObjectionRow.settled_why, StanceRow.event_id),
    stay=(
        *(ProposalRow.proposer_id, ProposalRow.among, ProposalRow.quorum, ProposalRow.review),
        *(VersionRow.text, VersionRow.author_id, StanceChangeRow.member_id),
    ),
    then=forget,
)
