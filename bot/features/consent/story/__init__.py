"""The whole story of a decision: its versions, what stood in its way, what it came to, what came of it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.chat.message import Block
from bot.commons import roll
from bot.features.consent import store
from bot.features.consent.results.boards import outcome_facts
from bot.features.consent.story import texts
from bot.language import Voice
from models import MemberRow, ProposalRow, VersionRow


def story(db: Session, proposal_id: int, v: Voice) -> Sequence[Block]:
    proposal, round_ = db.get_one(ProposalRow, proposal_id), store.current_round(db, proposal_id)
    assert round_ is not None
    earlier = db.get(ProposalRow, proposal.ends_id) if proposal.ends_id else None
    facts = texts.Story(
        versions=versions(db, proposal_id),
        outcome=outcome_facts(db, round_, ""),
        decided_at=proposal.decided_at,
        ends=earlier.number if earlier else None,
        ended_by=ended_by(db, proposal_id),
        review=proposal.review_state or ("ahead" if proposal.review_at and proposal.state == "adopted" else None),
        review_at=proposal.review_at,
    )
    return texts.story(v, facts)


def versions(db: Session, proposal_id: int) -> list[texts.Version]:
    query = select(VersionRow, MemberRow).join(MemberRow, MemberRow.id == VersionRow.author_id).filter_by(proposal_id=proposal_id)
    found = db.execute(query.options(joinedload(MemberRow.account)).order_by(VersionRow.version))
    return [texts.Version(row.version, roll.name_of(author), row.written_at, row.text) for row, author in found]


def ended_by(db: Session, proposal_id: int) -> int | None:
    """The number of the decision that ended this one."""
    later = select(ProposalRow.number).filter_by(ends_id=proposal_id, state="adopted")
    return db.scalar(later.order_by(ProposalRow.number.desc()).limit(1))
