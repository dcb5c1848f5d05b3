"""Each kind of entry that the house makes has words of its own, so that digest and minutes leave none out."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.features import FEATURES
from bot.language import Voice
from bot.routing.house import Entry, House
from bot.routing.routes import routes_of
from tests.habits.tree import calls, dotted, python

WORDED = {kind for feature in FEATURES for kind in feature.entries}
ENTERED = ("enter", "mandates.enter", "register.enter")


def kinds(path: Path) -> Iterator[str]:
    """The literals among what is given to `enter`, whosoever's it is."""
    for call in calls(path):
        if dotted(call.func) in ENTERED:
            found = (arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))
            yield from (kind for kind in found if kind not in {"new", "change", "end"})


def test_every_kind_of_entry_is_worded() -> None:
    entered = {kind for path in python("bot") for kind in kinds(path)}
    assert {"decision", "poll", "settings", "mandate begins"} <= entered
    assert entered - WORDED == set()


def test_a_kind_that_nobody_words_is_not_taken_for_another() -> None:
    entry = Entry(1, "weather", datetime(2026, 11, 21, tzinfo=UTC), {}, {}, str)
    assert routes_of(FEATURES, House("test")).house.tell_entry(Voice(), entry) is None
