"""Two members turn out to be one person: they support a recall once, and nobody supports one of their own mandate."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.features.recall import deciding, store
from bot.routing.house import OnePerson
from models import RecallRow, SupportRow


def merge(db: Session, found: OnePerson) -> Sequence[int]:
    for recall in store.running(db, found.kept.group_id):
        recall.holder = found.kept if recall.holder_id == found.gone.id else recall.holder
        recall.opener = found.kept if recall.opener_id == found.gone.id else recall.opener
        db.flush()
        hand_over(db, recall, found)
        boards.touch(db, "recall", recall.id, found.now)
        if recall.opener_id == recall.holder_id:
            deciding.drop(db, recall, found.now, found.house)
    return ()


def hand_over(db: Session, recall: RecallRow, found: OnePerson) -> None:
    own, theirs = store.support_of(db, recall, found.kept), store.support_of(db, recall, found.gone)
    about_them = recall.holder_id == found.kept.id
    if theirs is not None and own is None and not about_them:
        db.add(SupportRow(recall_id=recall.id, member_id=found.kept.id, group_id=recall.group_id, given_at=theirs.given_at))
    for gone in (theirs, own if about_them else None):
        if gone is not None:
            db.delete(gone)
    db.flush()
