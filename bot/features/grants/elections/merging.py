"""Two members turn out to be one person: in elections that are not over they name once, and are named as one."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.commons import electorate
from bot.delivery import boards
from bot.features.grants import granting
from bot.features.grants.elections import store
from bot.routing.house import OnePerson
from models import ElectionRow


def merge(db: Session, found: OnePerson) -> Sequence[int]:
    """Of two nominations `kept`'s stands. Gives the D-numbers of the elections in which both had named somebody."""
    granting.merge(db, found)
    elections = store.unfinished(db, found.kept.group_id)
    return [election.number for election in elections if unite(db, election, found)]


def unite(db: Session, election: ElectionRow, found: OnePerson) -> bool:
    electorate.unite(db, election.electorate_id, found.kept, found.gone)
    if election.opener_id == found.gone.id:
        election.opener = found.kept
    own, theirs = (store.nomination(db, election, member) for member in (found.kept, found.gone))
    if theirs is not None and own is None:
        theirs.member = found.kept
    elif theirs is not None:
        db.delete(theirs)
    db.flush()
    rename(db, election, found)
    for kind in ("election", "nominations"):
        boards.touch(db, kind, election.id, found.now)
    return own is not None and theirs is not None


def rename(db: Session, election: ElectionRow, found: OnePerson) -> None:
    """Whoever named the one has named the other."""
    for row in store.nominations(db, election):
        if row.nominee_id == found.gone.id:
            row.nominee = found.kept
        if row.before_id == found.gone.id:
            row.before = found.kept
        db.flush()
        if row.before_id == row.nominee_id:
            row.before = None
    db.flush()
