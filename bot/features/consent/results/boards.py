"""The boards of results and reviews."""

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import roll
from bot.commons.notes import with_unheard
from bot.features.consent import closing, rules, store
from bot.features.consent.faces.boards import round_facts, said
from bot.features.consent.faces.texts import STANCES
from bot.features.consent.results import texts
from bot.routing.feature import voice_at
from bot.routing.house import prefix_on
from bot.tidy import isolated
from models import BoardRow, ProposalRow, RoundRow


def outcome_board(db: Session, board: BoardRow) -> Message:
    facts = outcome_facts(db, db.get_one(RoundRow, board.subject_id), prefix_on(board.chat.platform))
    v = voice_at(db, board)
    return with_unheard(db, v, texts.outcome_board(v, facts), "outcome", board.subject_id)


def record_board(db: Session, board: BoardRow) -> Message:
    """The file that goes with the result; it never changes."""
    facts = outcome_facts(db, db.get_one(RoundRow, board.subject_id), prefix_on(board.chat.platform))
    return texts.record_file(voice_at(db, board), facts)


def outcome_facts(db: Session, round_: RoundRow, prefix: str) -> texts.OutcomeFacts:
    proposal = round_.proposal
    return texts.OutcomeFacts(
        about=round_facts(db, round_, prefix),
        outcome=round_.outcome,
        accounting=closing.accounting(db, round_),
        closed_at=round_.closed_at or round_.closes_at,
        review_at=proposal.review_at if proposal.review_state is None else None,
        prefix=prefix,
        fixed=bool(proposal.purpose),
        record=record(db, round_),
    )


def record(db: Session, round_: RoundRow) -> texts.Record:
    """Everyone who took part and what they said, and who could have."""
    names = {stance: roll.names_in(db, store.takers(db, round_, stance, None)) for stance in STANCES}
    return texts.Record(names, said(db, store.concerns(db, round_)), round_.electorate.document)


def review_board(db: Session, board: BoardRow) -> Message:
    proposal = db.get_one(ProposalRow, board.subject_id)
    text = isolated(rules.title_of(store.text_of(db, proposal), 200))
    facts = texts.ReviewFacts(
        proposal.id, proposal.number, text, proposal.decided_at, proposal.review_state or "asked", proposal.review_at
    )
    return texts.review_board(voice_at(db, board), facts)
