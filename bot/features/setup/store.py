"""Figures for /status: counted when they are asked for."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.features.setup.texts import Figures
from bot.routing import turned
from bot.routing.house import House
from models import ChatRow, DeadLetterRow, IntakeRow, PromiseRow

SILENT_AFTER = timedelta(minutes=2)


def figures(db: Session, chat: ChatRow, house: House, now: datetime) -> Figures:
    """About this group and the bot as a whole; nothing about other groups but how many rooms there are."""
    return Figures(
        version=house.version,
        rooms=total(db, select(func.count()).select_from(ChatRow).filter_by(kind="group", state="open")),
        waiting=total(db, select(func.count()).select_from(PromiseRow).filter_by(state="waiting")),
        lost=total(db, select(func.count()).select_from(PromiseRow).filter_by(chat_id=chat.id, state="failed")),
        dead_letters=total(db, select(func.count()).select_from(DeadLetterRow)),
        last_backup=house.last_backup(),
        silent={
            row.platform: row.heard_at
            for row in db.scalars(select(IntakeRow))
            if house.watch.is_on(row.platform) and row.heard_at and now - row.heard_at > SILENT_AFTER
        },
        unsettled=len(house.watch.unsettled),
        turned_away=turned.lately(db, now),
    )


def total(db: Session, query: object) -> int:
    return int(db.scalar(query) or 0)  # type: ignore[call-overload]
