"""What accounts were called before: the names that may stand in words from then."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models import AccountRow, EarlierNameRow
from models.database import add_if_new

MOST = 50  # of an account: who changes names more often is known by the newest


def rename(db: Session, account: AccountRow, name: str, handle: str, now: datetime) -> None:
    """From now on it is called so; costs nothing while nothing changes."""
    before = {account.name, account.handle} - {"", name, handle}
    account.name, account.handle = name, handle
    db.flush()
    for each in sorted(before):
        keep(db, account, each, now)


def keep(db: Session, account: AccountRow, name: str, at: datetime) -> None:
    if not add_if_new(db, EarlierNameRow, account_id=account.id, name=name, given_up_at=at):
        db.get_one(EarlierNameRow, (account.id, name)).given_up_at = at
    mine = select(EarlierNameRow).filter_by(account_id=account.id).order_by(EarlierNameRow.given_up_at.desc())
    for old in db.scalars(mine.offset(MOST)).all():
        db.delete(old)
    db.flush()


def of(db: Session, accounts: Collection[int]) -> dict[int, list[str]]:
    """By account."""
    found: dict[int, list[str]] = {}
    rows = db.scalars(select(EarlierNameRow).where(EarlierNameRow.account_id.in_(accounts)).order_by(EarlierNameRow.name))
    for row in rows:
        found.setdefault(row.account_id, []).append(row.name)
    return found


def forget(db: Session, accounts: Collection[int]) -> None:
    db.execute(delete(EarlierNameRow).where(EarlierNameRow.account_id.in_(accounts)))
