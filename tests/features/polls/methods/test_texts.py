"""Methods explain themselves, and every refusal of a ballot has its words."""

import ast
import re
from pathlib import Path

import pytest

from bot.chat.message import Message, plain
from bot.features.polls import methods
from bot.features.polls.methods import METHODS, REFUSALS, explained
from bot.language import LANGUAGES, Voice

FACTS = dict.fromkeys(("example", "option", "options", "limit", "given", "best", "said"), 3)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("method", sorted(METHODS))
def test_each_method_takes_two_sentences(method: str, language: str) -> None:
    words = explained(Voice(language), method)
    assert len(re.findall(r"[^.]+\.(?:\s|$)", words)) == 2


def raised() -> set[str]:
    """The reasons with which this folder refuses."""
    folder = Path(methods.__file__).parent
    calls = [node for path in folder.glob("*.py") for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    refusals = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Refused"]
    return {
        call.args[0].value for call in refusals if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def test_every_refusal_has_its_words() -> None:
    assert raised() == set(REFUSALS)
    for language in LANGUAGES:
        for words in REFUSALS.values():
            said = words(Voice(language), **FACTS)
            assert said.count("{") == 0


def told(method: str, ballots: list[dict[int, int]], named: dict[int, str], order: tuple[int, ...] = ()) -> list[str]:
    count = METHODS[method].count(ballots, len(named), order)
    return plain(Message(tuple(methods.steps(Voice(), count, named)))).splitlines()


NAMED = {1: "Park", 2: "Lake", 3: "Hill"}


def test_the_rounds_of_a_run_off_are_told() -> None:
    ballots = [{1: 1}, {1: 1}, {2: 1, 3: 2}, {2: 1, 3: 2}, {3: 1, 2: 2}]
    assert told("ranked", ballots, NAMED) == [
        "Round 1", "• Park: 2", "• Lake: 2", "• Hill: 1, leaves",
        "Round 2", "• Lake: 3", "• Park: 2",
    ]  # fmt: skip


def test_lots_in_a_run_off_are_told() -> None:
    assert told("ranked", [{1: 1}, {2: 1}], NAMED, (2, 1, 3))[-4:] == [
        "Round 2", "• Lake: 1", "• Park: 1, leaves", "Park and Lake were level, and lots decided that Park leaves.",
    ]  # fmt: skip
