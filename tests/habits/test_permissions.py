"""Who may do what is asked in one place, and the README tells of it as the code does."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from bot.commons.permissions import QUESTIONS
from tests.habits.tree import calls, dotted, place, python, syntax, text

ASKED_OF = {"member", "by", "opener", "speaker", "voter", "kept", "wanted"}  # what features call somebody who acts
ANSWERS = {"roll.is_on", "electorate.holds", "electorate.is_about"}
FINDS = "forgetting.py"  # which rows are somebody's: nobody asks to do anything
HELPERS = {"on_the_roll", "check_sets", "facilitators"}  # they ask, and refuse or name
ROW = re.compile(r"^\| ([A-Z].+?) \| (.+?) \|$", re.MULTILINE)


def features() -> list[Path]:
    return [path for path in python("bot") if path.parts[1] == "features"]


def compared(path: Path) -> Iterator[ast.Compare]:
    """Where somebody who acts is compared with whose something is."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq) and involves_somebody(node):
            yield node


def involves_somebody(node: ast.Compare) -> bool:
    return any(is_somebody(side) for side in (node.left, *node.comparators))


def is_somebody(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "id" and isinstance(node.value, ast.Name) and node.value.id in ASKED_OF


def in_a_query(path: Path) -> set[ast.Compare]:
    """Comparisons that a database makes: between rows, and of nobody who acts."""
    inside = (part for call in calls(path) if dotted(call.func).split(".")[-1] in {"where", "join"} for part in ast.walk(call))
    return {part for part in inside if isinstance(part, ast.Compare)}


def test_features_ask_nobody_else_who_may() -> None:
    asked = [place(path, call) for path in features() for call in calls(path) if dotted(call.func) in ANSWERS]
    assert asked == [], "ask bot/commons/permissions.py"


def test_features_do_not_work_out_whose_something_is() -> None:
    there = (path for path in features() if path.name != FINDS)
    found = [place(path, node) for path in there for node in compared(path) if node not in in_a_query(path)]
    assert found == [], "ask permissions.is_theirs"


def test_the_readme_tells_who_may_as_the_code_does() -> None:
    section = text(Path("README.md")).partition("## Who may do what")[2].partition("\n## ")[0]
    said = [(inspect.getdoc(question) or "").split("\n")[0].removesuffix(".").partition(": ") for question in QUESTIONS]
    assert ROW.findall(section) == [(what, who) for what, _, who in said]


def test_every_question_of_the_house_is_in_the_table() -> None:
    asked = {name for path in features() for name in re.findall(r"\bpermissions\.(\w+)\(", text(path))}
    assert asked - HELPERS <= {question.__name__ for question in QUESTIONS}
