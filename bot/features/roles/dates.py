"""What roles have in the group's calendar: when an announced change holds."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.features.roles import changes, store
from bot.features.roles.changed import texts
from bot.language import Voice
from bot.routing.house import Dated, Open
from bot.tidy import isolated
from models import GroupRow, RoleChangeRow


def dates(db: Session, group: GroupRow, v: Voice) -> Sequence[Dated]:
    return [
        Dated(f"role:{change.id}", change.holds_at, texts.holds(v, change.number, isolated(change.name)), kind="change")
        for change in store.announced(db, group.id)
    ]


def show(db: Session, change_id: int, v: Voice) -> Open:
    """As lists of what is open name it."""
    change = db.get_one(RoleChangeRow, change_id)
    return Open(change.number, texts.in_lists(v, isolated(change.name)), (changes.BOARD, change.id), change.holds_at)
