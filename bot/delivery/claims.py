"""Who speaks to a chat, where several processes could: one at a time, for as long as it is at work and has things to say."""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import delete, literal, select
from sqlalchemy.dialects.postgresql import insert as insert_unless
from sqlalchemy.orm import Session

from bot.delivery.boards import Faces, Rhythm
from bot.delivery.lane import Rest, Task, interrupted, lanes_with_work, next_task
from models import ClaimRow, PromiseRow, WorkerRow

SPREAD = 97  # so that processes begin with other chats


class Claims:
    """This process's, under the number that it has now; without one it speaks nowhere."""

    def __init__(self, worker: Callable[[], int | None], workers: Callable[[], int], serves: Callable[[str], bool]) -> None:
        self.worker, self.workers, self.serves = worker, workers, serves

    def lanes(self, db: Session, accounts: Collection[str]) -> dict[int, str]:
        """Chats with anything to send that no other process speaks to."""
        worker = self.worker()
        if worker is None:
            return {}
        found = lanes_with_work(db, [account for account in accounts if self.serves(account)])
        others = select(ClaimRow.chat_id).where(ClaimRow.worker_id != worker, ClaimRow.chat_id.in_(found))
        for chat in db.scalars(others):
            del found[chat]
        return dict(sorted(found.items(), key=lambda lane: (lane[0] + worker) % SPREAD))

    def holds(self, db: Session, chat_id: int, now: datetime) -> bool:
        """Until the end of this transaction the chat is ours, unless another process has it."""
        worker = self.worker()
        if worker is None:
            return False
        held = select(ClaimRow.worker_id).filter_by(chat_id=chat_id).with_for_update(read=True)
        found = db.scalar(held)
        if found is None and take(db, chat_id, worker):
            recover(db, chat_id, now)
            return True
        return (found or db.scalar(held)) == worker

    def next_task(
        self, db: Session, chat_id: int, account: str, now: datetime, faces: Faces, rhythm: Rhythm, board_room: datetime
    ) -> Task | Rest:
        """As `lane.next_task`, where nobody else speaks."""
        if not self.holds(db, chat_id, now):
            return Rest(None)
        return next_task(db, chat_id, account, now, faces, rhythm, board_room)

    def let_go(self, db: Session, chats: Collection[int]) -> None:
        db.execute(delete(ClaimRow).where(ClaimRow.worker_id == self.worker(), ClaimRow.chat_id.in_(chats)))


def take(db: Session, chat_id: int, worker: int) -> bool:
    """False if somebody else was quicker, or we are held for dead."""
    us = select(literal(chat_id), WorkerRow.id).where(WorkerRow.id == worker)
    new = insert_unless(ClaimRow).from_select(["chat_id", "worker_id"], us).on_conflict_do_nothing()
    return db.execute(new.returning(ClaimRow.chat_id)).first() is not None


def recover(db: Session, chat_id: int, now: datetime) -> None:
    """What was being sent there when its process went may have arrived or not."""
    for row in db.scalars(select(PromiseRow).filter_by(chat_id=chat_id, trying=True)):
        interrupted(row, repeatable=row.chat.platform != "telegram", again_at=now)
