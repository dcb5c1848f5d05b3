"""One group in a Telegram chat and a Matrix room at once: one tally, one result, whichever platform is out of reach meanwhile."""

from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select

from models import BallotRow, PollRow, RoundRow, StanceRow
from models.database import Database
from tests.conformance.places import sees
from tests.conformance.together import Together, together
from tests.support.synapse import Synapse

T = TypeVar("T")


def ways(ordinary: str) -> pytest.MarkDecorator:
    """Each platform down, the Matrix room plain and encrypted; one of them in the ordinary run."""
    every = [(silent, encrypted) for silent in ("matrix", "telegram") for encrypted in (False, True)]
    marks = {each: () if each == (ordinary, False) else (pytest.mark.long,) for each in every}
    params = [pytest.param(*each, id=f"{each[0]}-down{'-encrypted' * each[1]}", marks=marks[each]) for each in every]
    return pytest.mark.parametrize(("silent", "encrypted"), params)


def other(platform: str) -> str:
    return {"telegram": "matrix", "matrix": "telegram"}[platform]


def rows(url: str, kind: type[T]) -> list[T]:
    with closing(Database(url)) as database, database.transaction() as db:
        found = list(db.scalars(select(kind)))
        db.expunge_all()
        return found


async def is_not_closed(moot: Together, silent: str) -> None:
    """Hours after the end the platform that is heard shows who is behind, and no result."""
    await moot.later(other(silent), minutes=150)
    await moot.bot.sweeper.sweep()
    await sees(moot.places[other(silent)], f"⏳ {silent.capitalize()} has not been heard since")


@ways(ordinary="matrix")
async def test_a_round(synapse: Synapse, tmp_path: Path, house: str, silent: str, encrypted: bool) -> None:
    async with together(synapse, tmp_path, encrypted) as moot, moot.served(house):
        await moot.telegram.says("Anna", "/propose We buy a dishwasher for 2 hours")
        await moot.both_see("D-1: proposal by Anna")
        await moot.telegram.taps("Ben", "Consent")
        await moot.both_see("✅ Consent, 1: Ben")
        await moot.matrix.taps("Ben", "Stand aside")
        await moot.both_see("Stand aside, 1: Ben")
        await moot.both_see("Spoken: 1 of 3")
        await moot.goes_down(silent)
        await moot.telegram.taps("Anna", "Consent")
        await moot.matrix.taps("Mia", "Consent")
        await is_not_closed(moot, silent)
        assert not [text for text in await moot.places[other(silent)].shows() if "D-1 is" in text]
        await moot.comes_back(silent)
        await moot.both_see("✅ D-1 is adopted")
        await moot.both_see("received 4 = counted 3 + replaced 1")
    (round_,) = rows(house, RoundRow)
    assert (round_.received, round_.replaced, round_.refused) == (4, 1, 0)
    assert sorted(row.stance for row in rows(house, StanceRow)) == ["aside", "consent", "consent"]


@ways(ordinary="telegram")
async def test_a_poll(synapse: Synapse, tmp_path: Path, house: str, silent: str, encrypted: bool) -> None:
    async with together(synapse, tmp_path, encrypted) as moot, moot.served(house):
        await moot.matrix.says("Mia", "!poll Lunch? | Soup | Salad | for 2 hours")
        await moot.both_see("D-1: Lunch?")
        await moot.matrix.taps("Ben", "Soup")
        await moot.both_see("1 of 3 have voted")
        await moot.goes_down(silent)
        await moot.telegram.taps("Ben", "Salad")
        await moot.telegram.taps("Anna", "Salad")
        await moot.matrix.taps("Mia", "Soup")
        await is_not_closed(moot, silent)
        assert not [text for text in await moot.places[other(silent)].shows() if "Chosen" in text]
        await moot.comes_back(silent)
        await moot.both_see("Chosen: Salad.")
    (poll,) = rows(house, PollRow)
    assert (poll.received, poll.voted, poll.replaced, poll.refused) == (4, 3, 1, 0)
    assert len(rows(house, BallotRow)) == 3
