"""The README's commands are the bot's commands, and config.example.toml has every setting with its default."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.cli import parser
from bot.features import FEATURES
from bot.language import Voice
from bot.settings import SECTIONS, Settings, load, section
from tests.habits.tree import ROOT, text

README, EXAMPLE = Path("README.md"), Path("config.example.toml")
ROW = re.compile(r"^\| `/(.+?)` \| (.+?) \|$", re.MULTILINE)
FILLED_IN = {("matrix", "homeserver"), ("matrix", "user_id")}  # examples, since without them there is no Matrix


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/you")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)


def test_the_readme_lists_the_commands_as_help_words_them() -> None:
    manuals = [(command.name, command.manual(Voice())) for feature in FEATURES for command in feature.commands]
    declared = [(f"{name} {manual.usage}".strip(), manual.summary) for name, manual in manuals]
    assert [(usage.replace("\\|", "|"), summary) for usage, summary in ROW.findall(text(README))] == declared


def test_the_example_changes_nothing() -> None:
    assert load(ROOT / EXAMPLE, {}) == Settings()


def test_the_example_has_every_section_and_key() -> None:
    named = {name: list(table) for name, table in uncommented().items()}
    assert named == {name: list(kind.__dataclass_fields__) for name, kind in SECTIONS.items()}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", SECTIONS)
def test_the_example_shows_the_defaults(name: str) -> None:
    table = {key: value for key, value in uncommented()[name].items() if (name, key) not in FILLED_IN}
    assert section(EXAMPLE, name, table) == SECTIONS[name]()


def test_the_example_explains_every_key() -> None:
    lines = text(EXAMPLE).splitlines()
    explained = re.compile(r"# \S|#?\w+ = ")  # a sentence, or another key of the same explanation
    assert [line for before, line in pairwise(lines) if is_key(line) and not explained.match(before)] == []


def is_key(line: str) -> bool:
    return bool(re.match(r"#?\w+ = ", line))


def uncommented() -> dict[str, Any]:
    """The example with all keys and sections switched on."""
    return tomllib.loads(re.sub(r"^#(?=\[\w+\]$|\w+ = )", "", text(EXAMPLE), flags=re.MULTILINE))


def test_every_command_line_of_the_readme_can_be_typed() -> None:
    """`./folkmoot word …`, as it stands in the README."""
    typed = set(re.findall(r"\./folkmoot ([a-z]+)", text(README)))
    listed = next(action.choices for action in parser()._actions if isinstance(action.choices, dict))
    assert sorted(typed - listed.keys()) == []
