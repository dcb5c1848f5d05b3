"""All features' lists put together: nothing is claimed twice, and every refusal has its words in every language."""

import ast
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.features import FEATURES
from bot.language import LANGUAGES, Voice
from bot.routing.feature import Call, Feature
from bot.routing.house import House
from bot.routing.routes import routes_of

ROOT = Path(__file__).parents[2]
FACTS = {
    "prefix": "/",
    "hash": "ab12",
    "names": ["Ben (Matrix)"],
    "words": ["x"],
    "option": "until",
    "first": date(2026, 12, 1),
    "second": date(2026, 1, 12),
    "shortest": timedelta(minutes=1),
    "longest": timedelta(days=1),
    "needed": 5,
    "size": 3,
    "number": 1,
    "decision": 2,
    "question": 300,
    "name": "Anna",
    "fit": 2,
    "others": 3,
    "free": 2,
    "more": 3,
    "word": "from",
    "holders": [],
    "again_at": datetime(2026, 12, 1, tzinfo=UTC),
    "left_out": [],
    "circle": "kitchen",
    "groups": ["The moot"],
    "categories": ["site"],
    "combinations": 300,
    "reason": "serves",
    "roles": ["treasurer"],
    "role": "treasurer",
    "instructions": 4000,
    "until": datetime(2026, 12, 1, tzinfo=UTC),
    "at": datetime(2026, 12, 1, tzinfo=UTC),
    "numbers": [1, 2],
    "verb": "close",
    "seats": 2,
    "in_hat": 3,
    "limit": 4,
    "most": 5,
    "known": ["English"],
    "command": "x",
    "this": "x",
    "that": "y",
    "electors": 4,
    "least": 5,
    "options": 3,
    "best": 5,
    "given": 6,
    "said": "2",
    "example": "1, 3",
    "place": 1,
}


def tap(_: Call) -> None:
    return None


def test_two_features_may_not_claim_the_same() -> None:
    with pytest.raises(ValueError, match="claim"):
        routes_of([Feature("a", taps={"x": tap}), Feature("b", taps={"x": tap})], House("test"))


def test_the_house_finds_what_its_features_bring() -> None:
    routes = routes_of(FEATURES, House("test"))
    assert list(routes.commands) == [command.name for feature in FEATURES for command in feature.commands]
    assert {"lots.shake", "roll.join"} <= routes.taps.keys()


def refused_anywhere() -> set[str]:
    """Every `Refused("...")` in the source, and every `unreadable("...")` or `on_the_roll(call, "...")`, which make one."""
    nodes = (node for path in (ROOT / "bot").rglob("*.py") for node in ast.walk(ast.parse(path.read_text())))
    named = (why for node in nodes if isinstance(node, ast.Call) for why in reasons(node))
    return {part.value for why in named for part in ast.walk(why) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def reasons(call: ast.Call) -> Sequence[ast.expr]:
    if getattr(call.func, "id", "") in {"Refused", "unreadable"}:
        return call.args[:1]
    return call.args[1:] if getattr(call.func, "attr", "") == "on_the_roll" else ()


def test_every_refusal_has_its_words_and_needs_no_facts_that_it_is_not_given() -> None:
    refusals = routes_of(FEATURES, House("test")).refusals
    assert refused_anywhere() <= refusals.keys()
    for wording in refusals.values():
        for language in LANGUAGES:
            words = wording(Voice(language), **FACTS)
            assert words
            assert "{" not in words


def test_every_refusal_is_made_somewhere() -> None:
    from_the_platform = {"anonymous", "channel", "edited vote", "room is busy"}
    assert routes_of(FEATURES, House("test")).refusals.keys() - refused_anywhere() == from_the_platform
