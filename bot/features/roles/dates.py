"""What roles have in the group's calendar: when an announced change holds."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.features.roles import store
from bot.features.roles.changed import texts
from bot.language import Voice
from bot.routing.house import Dated
from bot.tidy import isolated
from models import GroupRow


def dates(db: Session, group: GroupRow, v: Voice) -> Sequence[Dated]:
    return [
        Dated(f"role:{change.id}", change.holds_at, texts.holds(v, change.number, isolated(change.name)))
        for change in store.announced(db, group.id)
    ]
