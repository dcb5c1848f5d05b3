"""Each fault is a test: what the list names is there, and runs."""

import ast
import tomllib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
MAP: dict[str, dict[str, list[str]]] = tomllib.loads((HERE / "map.toml").read_text())
FAULTS = [(fault, test) for faults in MAP.values() for fault, tests in faults.items() for test in tests]


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((HERE.parent / file).read_text())
    return frozenset(each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_fault_has_a_test() -> None:
    assert [fault for faults in MAP.values() for fault, tests in faults.items() if not tests] == []


def test_every_test_that_is_named_is_there() -> None:
    named = [test.partition("::")[::2] for _, test in FAULTS]
    assert [f"{file}::{name}" for file, name in named if not name.startswith("test_") or name not in names_in(file)] == []
