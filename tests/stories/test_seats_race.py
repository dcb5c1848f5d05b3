"""Seats that several want at the same instant: never more of them are taken than the role has."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import pytest

from bot.commons import mandates, roles
from bot.commons.mandates import Beginning
from bot.refusal import Refused
from models import GroupRow, MandateRow, MemberRow, RoleRow
from models.database import Database
from tests.support.moot import START, Moot, enrol
from tests.support.quick import quick
from tests.support.seats import HOUSE

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")


@pytest.fixture
def bot(house: str) -> Iterator[Moot]:
    with closing(Moot(house)) as made:
        enrol(made, *PEOPLE)
        yield made


def takes_all(bot: Moot, member_id: int, role_ids: list[int], start: threading.Barrier) -> list[bool]:
    """One process's worth: a database of its own, and in each role one attempt, at the same instant as the others."""
    with closing(quick(bot.url)) as database:
        return [takes(database, member_id, role_id, start) for role_id in role_ids]


def takes(database: Database, member_id: int, role_id: int, start: threading.Barrier) -> bool:
    start.wait()
    with suppress(Refused), database.transaction() as db:
        group, role, member = db.get_one(GroupRow, 1), db.get_one(RoleRow, role_id), db.get_one(MemberRow, member_id)
        mandates.begin(db, group, role, member, Beginning("consent", 1, by_consent=True), START, HOUSE)
        return True
    return False


def with_seats(bot: Moot, trials: int) -> list[int]:
    """So many roles, with one seat, two, three, and again."""
    with bot.database.transaction() as db:
        group = db.get_one(GroupRow, 1)
        return [roles.ensure(db, group, f"role {n}", START, seats=n % 3 + 1).id for n in range(trials)]


def race(bot: Moot, trials: int) -> None:
    role_ids, start = with_seats(bot, trials), threading.Barrier(len(PEOPLE), timeout=60)
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        told = list(pool.map(lambda n: takes_all(bot, n, role_ids, start), range(1, len(PEOPLE) + 1)))
    for n, role_id in enumerate(role_ids):
        assert sum(each[n] for each in told) == len(bot.rows(MandateRow, role_id=role_id)) == n % 3 + 1


def test_several_at_once_never_overfill_a_role(bot: Moot) -> None:
    race(bot, 12)


@pytest.mark.long
def test_several_at_once_never_overfill_a_role_in_many_trials(bot: Moot) -> None:
    race(bot, 600)
