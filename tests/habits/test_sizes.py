"""Files and functions stay short, and each module says in a sentence or two what it is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.habits.tree import PRODUCT, files, place, python, syntax, text

LONGEST_FILE, LONGEST_FUNCTION, MEDIAN = 300, 40, 7  # lines
Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_schema(path: Path) -> bool:
    return path.parts[:2] == ("migrations", "versions")


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(syntax(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def product_functions() -> Iterator[tuple[str, int]]:
    for path in python(*PRODUCT):
        if not is_schema(path):
            yield from ((place(path, function), length(function)) for function in functions(path))


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    lengths = {str(path): len(text(path).splitlines()) for path in (Path("folkmoot"), *python()) if not is_schema(path)}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    assert {where: length for where, length in product_functions() if length > LONGEST_FUNCTION} == {}


def test_functions_have_few_lines_in_the_median() -> None:
    assert median(length for _, length in product_functions()) <= MEDIAN


def test_each_module_says_what_it_is() -> None:
    assert [str(path) for path in (Path("folkmoot"), *python()) if not is_said_briefly(ast.get_docstring(syntax(path)))] == []


def is_said_briefly(docstring: str | None) -> bool:
    first = (docstring or "").partition("\n\n")[0]
    return bool(first) and len(re.findall(r"[.!?](?=\s+[A-Z])", first)) <= 1


def test_nobody_is_shouted_at() -> None:
    worded = [path for path in files() if path.name in {"texts.py", "README.md", "config.example.toml"} or path.suffix == ".po"]
    shouted = [
        f"{path}:{number}" for path in worded for number, line in enumerate(words(path), 1) if re.search(r"\w!(?!=)|¡", line)
    ]
    assert shouted == []


def words(path: Path) -> list[str]:
    return text(path).splitlines()
