"""The hats of two that become one."""

import pytest
from sqlalchemy.orm import Session

from bot.commons import hats
from models import HatRow, MemberRow
from models.database import Database
from tests.commons.test_electorate import DAY, NOON, settled

Said = tuple[bool, dict[str, bool]]  # of all roles, and of single ones


def members(db: Session, ids: dict[str, int], anna: Said, ben: Said) -> tuple[MemberRow, MemberRow]:
    found = db.get_one(MemberRow, ids["anna"]), db.get_one(MemberRow, ids["ben"])
    for member, (in_hat, said) in zip(found, (anna, ben), strict=True):
        hats.write(db, member, in_hat, said)
    return found


@pytest.mark.parametrize(
    ("anna", "ben", "both"),
    [
        ((True, {}), (True, {}), (True, {})),
        ((True, {"cook": False}), (True, {}), (True, {"cook": False})),
        ((True, {"cook": False}), (False, {"cook": True, "scribe": True}), (True, {"cook": False})),
        ((False, {"cook": True}), (False, {"scribe": True}), (False, {"cook": True, "scribe": True})),
        ((False, {"cook": True}), (True, {"cook": False, "scribe": False}), (True, {"scribe": False})),
    ],
)
def test_of_a_role_of_which_both_spoke_the_kept_ones_word_stands(database: Database, anna: Said, ben: Said, both: Said) -> None:
    ids = settled(database, anna=NOON - DAY, ben=NOON)
    with database.transaction() as db:
        kept, other = members(db, ids, anna, ben)
        hats.unite(db, kept, other)
        assert (kept.in_hat, hats.said_by(db, kept)) == both


def test_who_is_not_on_the_roll_brings_nothing_and_keeps_nothing(database: Database) -> None:
    ids = settled(database, anna=NOON - DAY, ben=NOON)
    with database.transaction() as db:
        kept, other = members(db, ids, (False, {"cook": True}), (True, {"scribe": False}))
        other.left_at = NOON
        hats.unite(db, kept, other)
        assert (kept.in_hat, hats.said_by(db, kept)) == (False, {"cook": True})
        kept.left_at, other.left_at = NOON, None
        hats.unite(db, kept, other)
        assert (kept.in_hat, hats.said_by(db, kept)) == (True, {"scribe": False})
        assert not hats.is_in(db, kept, "cook")
        assert (hats.is_in(db, other, "cook"), hats.is_in(db, other, "scribe")) == (True, False)
        assert not db.query(HatRow).filter_by(willing=True).count()
