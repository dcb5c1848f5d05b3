"""What rounds have in the group's calendar: when they close, and when a decision is looked at again."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.commons.texts import closes
from bot.features.consent import rules, store
from bot.features.consent.results import texts
from bot.language import Voice
from bot.routing.house import Dated, Open
from bot.tidy import isolated, tidy
from models import GroupRow, ProposalRow, RoundRow

SHOWN = 64  # characters of a title


def dates(db: Session, group: GroupRow, v: Voice) -> Sequence[Dated]:
    """A round on setting an objection aside is part of its proposal's round, which has its date already."""
    rounds = [round_ for round_ in store.open_rounds(db, group.id) if round_.objection_id is None]
    return [*(closing(db, round_, v) for round_ in rounds), *(review(db, each, v) for each in store.reviews_ahead(db, group.id))]


def closing(db: Session, round_: RoundRow, v: Voice) -> Dated:
    """Named after the proposal, so that a round which is put anew moves the date and adds none."""
    proposal = round_.proposal
    return Dated(f"proposal:{proposal.id}", round_.closes_at, closes(v, proposal.number, title(db, proposal)))


def review(db: Session, proposal: ProposalRow, v: Voice) -> Dated:
    assert proposal.review_at is not None
    asked = proposal.review_state == "asked"
    words = (texts.review_ends if asked else texts.reviewed)(v, proposal.number, title(db, proposal))
    return Dated(f"review:{proposal.id}", proposal.review_at, words, whole_day=True, kind="review")


def title(db: Session, proposal: ProposalRow) -> str:
    return isolated(tidy(rules.title_of(store.text_of(db, proposal)), SHOWN))


def show(db: Session, proposal_id: int, v: Voice) -> Open:
    """As lists of what is open name it."""
    proposal, round_ = db.get_one(ProposalRow, proposal_id), store.current_round(db, proposal_id)
    assert round_ is not None
    missing = max(0, round_.quorum - store.tally(db, round_).counted)
    return Open(proposal.number, title(db, proposal), ("round", round_.id), round_.closes_at, missing)
