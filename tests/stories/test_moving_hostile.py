"""Files of groups that somebody has tampered with: they are refused in a sentence, and make nobody out to be somebody else."""

import copy
import random
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import pytest

from bot.chat.refs import ChatRef
from bot.dice import SeededDice
from bot.features.moving import archive, founding
from models import AccountRow, GroupRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform, matrix_like
from tests.support.seats import seat

DROPPED = object()
VALUES: tuple[Any, ...] = (None, 10**30, "x", [], {}, -5, DROPPED)


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with closing(Moot(sqlite_house, [FakePlatform(keeps_taps_for=None), matrix_like()])) as made:
        enrol(made, "Anna", "Ben")
        made.says("Anna", "/propose We paint the hall")
        made.taps("Ben", "Consent")
        made.later(days=4)
        seat(made, "Anna")
        made.says("Anna", "/circle kitchen Anna, Ben")
        yield made


def exported(bot: Moot) -> archive.Archive:
    with bot.database.transaction() as db:
        return archive.read(archive.written(db, db.get_one(GroupRow, 1), bot.app.routes.house))


def found(bot: Moot, lines: list[str], state: dict[str, Any], *platforms: str) -> None:
    with bot.database.transaction() as db:
        founding.found(db, archive.Archive(lines, state), bot.clock.now(), SeededDice("moving"), frozenset(platforms))


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield (*at, key)
        yield from places(each, (*at, key))


def put(state: dict[str, Any], at: tuple[Any, ...], value: object) -> None:
    part: Any = state
    for key in at[:-1]:
        part = part[key]
    if value is DROPPED:
        del part[at[-1]]
    else:
        part[at[-1]] = value


def test_whatever_is_changed_in_it_is_founded_or_refused(bot: Moot) -> None:
    whole, dice = exported(bot), random.Random(17)
    for at in dice.sample(list(places(whole.state)), 40):
        state = copy.deepcopy(whole.state)
        put(state, at, dice.choice(VALUES))
        with suppress(archive.Unusable):
            found(bot, whole.lines, state)
    assert bot.row(GroupRow, id=1).title == "The moot"


def test_no_file_makes_somebody_one_with_somebody_who_is_known_here(bot: Moot) -> None:
    """Else a group that says so could speak for them in other groups."""
    bot.says("Mallory", "/join", ChatRef("telegram", "-777"))
    whole = exported(bot)
    state = copy.deepcopy(whole.state)
    ours = state["accounts"][0]
    ours["ref"], ours["earlier"] = bot.person("Mallory").id, ["everybody"]
    state["accounts"].append({**ours, "platform": "matrix", "ref": "@evil:example.org", "name": "Evil"})
    found(bot, whole.lines, state, "telegram", "matrix")
    known, other = (bot.row(AccountRow, ref=ref) for ref in (bot.person("Mallory").id, "@evil:example.org"))
    assert known.person_id != other.person_id
