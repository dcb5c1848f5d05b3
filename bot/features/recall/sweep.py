"""Recalls that come due: they lapse without supporters, or the mandate has ended meanwhile."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.features.recall import deciding, rules, store
from bot.refusal import Refused
from bot.routing.feature import Gap, Sweep
from bot.routing.house import House
from models import ChatRow, RecallRow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def lapse(db: Session, recall_id: int, now: datetime, house: House) -> None:
    """Unless all others that there are today support it: some may have left."""
    recall = locked(db, recall_id)
    if recall.state != "gathering" or recall.closes_at > now:
        return
    if not deciding.enough(db, recall) or not asked(db, recall, now, house):
        deciding.end(db, recall, "lapsed", now, house)


def asked(db: Session, recall: RecallRow, now: datetime, house: House) -> bool:
    try:
        with db.begin_nested():
            deciding.begin(db, recall, now, house)
    except Refused:
        return False
    return True


def outlive(db: Session, recall_id: int, now: datetime, house: House) -> None:
    """The mandate has ended by itself, or was given back, and no other term follows."""
    recall = locked(db, recall_id)
    if recall.state in rules.OPEN and recall.mandate.state == "ended" and not deciding.follow(db, recall, now):
        deciding.drop(db, recall, now, house)


def locked(db: Session, recall_id: int) -> RecallRow:
    """After its group, as in every other place."""
    store.lock_group(db, db.get_one(RecallRow, recall_id).group_id)
    recall = store.locked(db, recall_id)
    db.refresh(recall)
    return recall


def gap(db: Session, chat: ChatRow, gap: Gap, now: datetime, house: House) -> bool:
    """One whose end fell into the gap goes on for as long as the gap was: an hour at least, a day at most."""
    if chat.group is None:
        return False
    waiting = [recall for recall in store.running(db, chat.group.id) if recall.state == "gathering"]
    for recall in waiting:
        if recall.closes_at <= gap.until:
            recall.closes_at = now + min(max(gap.until - gap.since, HOUR), DAY)
            boards.touch(db, "recall", recall.id, now)
    return bool(waiting)


SWEEPS = (
    Sweep("recalls", store.lapse_due, store.next_lapse, lapse),
    Sweep("recalls outlived", store.outlived, store.next_outlived, outlive, after_intake=False),
)
