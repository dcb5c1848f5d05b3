"""Mandates begin and end in one place, which knows who may not serve again just yet."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.commons import mandates, offices, roles
from bot.commons.mandates import Beginning
from bot.refusal import Refused
from bot.routing.house import House
from models import ChatRow, GroupRow, MandateRow, MemberRow, RoleRow
from models.database import Database
from tests.commons.test_electorate import settled

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HOUSE = House("test")


class Term:
    """A group with a member Anna and a role of two weeks."""

    def __init__(self, db: Session, ids: dict[str, int], **role: object) -> None:
        self.db, self.group = db, db.get_one(GroupRow, ids[""])
        self.anna = db.get_one(MemberRow, ids["anna"])
        chat = ChatRow(platform="telegram", ref="-1", kind="group", title="", group_id=self.group.id, created_at=NOON)
        db.add(chat)
        db.flush()
        self.chat = chat.id
        self.role = roles.ensure(db, self.group, "Facilitator", NOON)
        self.role.term = "2 weeks"
        for name, value in role.items():
            setattr(self.role, name, value)

    def begins(self, at: datetime, **how: object) -> MandateRow:
        return mandates.begin(self.db, self.group, self.role, self.anna, Beginning("draw", self.chat, **how), at, HOUSE)  # type: ignore[arg-type]

    def bar(self, at: datetime) -> str | None:
        found = mandates.bar(self.db, self.group, self.role, self.anna, at)
        return found.why if found else None


@pytest.fixture
def ids(database: Database) -> dict[str, int]:
    return settled(database, anna=NOON - 50 * DAY)


def test_a_term_ends_by_the_calendar_and_is_announced_beforehand(database: Database, ids: dict[str, int]) -> None:
    with database.transaction() as db:
        term = Term(db, ids)
        made = term.begins(NOON)
        assert (made.ends_at, made.remind_at) == (NOON + 14 * DAY, NOON + 11 * DAY)
        assert [m.id for m in offices.holders(db, term.group, "facilitator", NOON)] == [term.anna.id]
        assert offices.holders(db, term.group, "facilitator", NOON + 14 * DAY) == []


def test_nobody_holds_a_seat_twice(database: Database, ids: dict[str, int]) -> None:
    with database.transaction() as db:
        term = Term(db, ids)
        term.begins(NOON)
        with pytest.raises(Refused, match="serves already"):
            term.begins(NOON + DAY, by_consent=True)


def test_after_the_most_terms_in_a_row_comes_a_break_as_long_as_a_term(database: Database, ids: dict[str, int]) -> None:
    with database.transaction() as db:
        term = Term(db, ids)
        first = term.begins(NOON)
        mandates.end(db, first, "expired", NOON + 15 * DAY, HOUSE)
        assert first.ended_at == NOON + 14 * DAY
        second = term.begins(NOON + 15 * DAY)
        assert (second.term_count, second.follows_id) == (2, first.id)
        mandates.end(db, second, "expired", NOON + 29 * DAY, HOUSE)
        assert term.bar(NOON + 29 * DAY) == "most terms"
        with pytest.raises(Refused, match="most terms"):
            term.begins(NOON + 42 * DAY)
        assert term.bar(NOON + 43 * DAY) is None
        assert term.begins(NOON + 43 * DAY).term_count == 1


def test_who_was_recalled_does_not_come_back_by_lot(database: Database, ids: dict[str, int]) -> None:
    with database.transaction() as db:
        term = Term(db, ids)
        mandates.end(db, term.begins(NOON), "recalled", NOON + DAY, HOUSE)
        assert term.bar(NOON + 2 * DAY) == "recalled"
        assert term.begins(NOON + 2 * DAY, by_consent=True).term_count == 2


def test_cooling_off(database: Database, ids: dict[str, int]) -> None:
    with database.transaction() as db:
        term = Term(db, ids, cooling="1 month")
        mandates.end(db, term.begins(NOON), "expired", NOON + 14 * DAY, HOUSE)
        cooled = datetime(2027, 1, 5, 12, tzinfo=UTC)
        assert [term.bar(at) for at in (cooled - DAY, cooled)] == ["cooling off", None]


def test_a_seat_given_back_early_waits_for_the_next_reserve_of_its_draw_only(database: Database, ids: dict[str, int]) -> None:
    with database.transaction() as db:
        term = Term(db, ids)
        made = term.begins(NOON)
        mandates.end(db, made, "resigned", NOON + DAY, HOUSE, pass_on=True)
        assert made.vacancy == ""


def test_a_role_is_found_whatever_its_spelling(database: Database, ids: dict[str, int]) -> None:
    with database.transaction() as db:
        term = Term(db, ids)
        assert roles.ensure(db, term.group, "  FACILITATOR ", NOON) is term.role
        assert isinstance(roles.find(db, term.group, "facilitator"), RoleRow)
        assert roles.find(db, term.group, "treasurer") is None
