"""What elections have in the group's calendar: until when people name somebody, or may change that."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.features.grants.elections import rules, store, texts
from bot.language import Voice
from bot.routing.house import Dated, Open
from bot.tidy import isolated
from models import ElectionRow, GroupRow


def dates(db: Session, group: GroupRow, v: Voice) -> Sequence[Dated]:
    return [
        Dated(f"election:{each.id}", each.ends_at, texts.dated(v, each.number, isolated(each.role), each.state))
        for each in store.under_way(db, group.id)
        if each.state in rules.OPEN_TO_NAMES
    ]


def show(db: Session, election_id: int, v: Voice) -> Open:
    """As lists of what is open name it."""
    found = db.get_one(ElectionRow, election_id)
    board = "election" if found.shown_at is None else "nominations"
    return Open(found.number, texts.in_lists(v, isolated(found.role)), (board, found.id), found.ends_at)
