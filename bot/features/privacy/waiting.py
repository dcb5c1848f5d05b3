"""Forgetting that must wait: the wish is written down, its owner is out of all hats, and it is done as soon as it can be."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons import roll
from bot.features.privacy import erasing
from bot.routing.feature import Due, Sweep
from bot.routing.forgetting import NotYet
from bot.routing.house import House
from models import AccountRow, WishRow
from models.database import add_if_new

NO_GROUP = 0


def forget(db: Session, account: AccountRow, now: datetime, house: House) -> int | None:
    """None: it is done. Else the D-number of what it waits for; what they are drawn for meanwhile passes on."""
    try:
        with db.begin_nested():
            erasing.forget(db, account, now, house)
    except NotYet as wait:
        add_if_new(db, WishRow, account_id=account.id, wished_at=now)
        for member in erasing.members_of(db, erasing.accounts_of(db, account)):
            roll.leave(member, now)
        db.flush()
        return wait.number
    return None


def due(db: Session, now: datetime) -> Sequence[Due]:
    return [Due(row.account_id, row.wished_at, NO_GROUP) for row in db.scalars(select(WishRow).order_by(WishRow.account_id))]


def settle(db: Session, account_id: int, now: datetime, house: House) -> None:
    account = db.get(AccountRow, account_id)
    if account is not None:
        forget(db, account, now, house)


SWEEP = Sweep("wishes", due, lambda db: None, settle, after_intake=False)  # looked at in each regular round
