"""A recall's board: facts are gathered here and worded in texts.py."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.chat.message import Block, Message
from bot.commons import roll
from bot.features.recall import store, texts
from bot.features.recall.deciding import role_of
from bot.language import Voice
from bot.routing.feature import voice_at
from bot.routing.house import Open, prefix_on
from bot.tidy import isolated
from models import BoardRow, RecallRow

SHOWN = 20  # names fetched for a board


def recall_board(db: Session, board: BoardRow) -> Message:
    facts = facts_of(db, db.get_one(RecallRow, board.subject_id), prefix_on(board.chat.platform))
    return texts.board(voice_at(db, board), facts)


def story(db: Session, recall_id: int, v: Voice) -> Sequence[Block]:
    """All but who supported it, which nobody keeps once it is over."""
    recall = db.get_one(RecallRow, recall_id)
    return texts.story(v, facts_of(db, recall, ""), recall.opened_at, recall.ended_at)


def facts_of(db: Session, recall: RecallRow, prefix: str) -> texts.RecallFacts:
    opener, holder = roll.names_in(db, [recall.opener, recall.holder])
    return texts.RecallFacts(
        recall_id=recall.id,
        number=recall.number,
        opener=opener,
        holder=holder,
        role=role_of(recall),
        reason=isolated(recall.reason),
        answer=isolated(recall.answer),
        state=recall.state,
        method=recall.method,
        suspends=recall.suspends,
        needed=recall.needed,
        support=store.support_count(db, recall),
        supporters=roll.names_in(db, store.supporters(db, recall, SHOWN)),
        closes_at=recall.closes_at,
        until=recall.mandate.ends_at,
        question=recall.question_number or 0,
        prefix=prefix,
    )


def show(db: Session, recall_id: int, v: Voice) -> Open:
    """As lists of what is open name it."""
    recall = db.get_one(RecallRow, recall_id)
    title = texts.in_lists(v, roll.name_in(db, recall.holder), role_of(recall))
    return Open(recall.number, title, ("recall", recall.id), recall.closes_at)
