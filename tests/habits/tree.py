"""The tree that the habits look at: its files, their syntax, and the strings and calls in them."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "adapters", "models", "migrations")
IGNORED = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line]
SHOWN = {".ci", ".gitignore", ".github"}  # of what begins with a dot


def files() -> Iterator[Path]:
    """All files that belong to the project, relative to its root."""
    yield from sorted(path.relative_to(ROOT) for path in below(ROOT))


def below(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if belongs(path.name):
            yield from below(path) if path.is_dir() else [path]


def belongs(name: str) -> bool:
    """Neither ignored by git nor hidden."""
    return not any(fnmatch(name, pattern) for pattern in IGNORED) and (not name.startswith(".") or name in SHOWN)


def python(*folders: str) -> list[Path]:
    """The Python files below these folders, or all of them."""
    return [path for path in files() if path.suffix == ".py" and (not folders or path.parts[0] in folders)]


def text(path: Path) -> str:
    return (ROOT / path).read_text("utf-8")


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(text(path), str(path))


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(syntax(path)) if isinstance(node, ast.Call))


def dotted(node: ast.AST) -> str:
    """`time.sleep` for that name; its last part alone where what stands before it is not a name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def imported(path: Path) -> Iterator[str]:
    """The dotted names of all that a file imports, such as `time` and `time.sleep`."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def place(path: Path, node: ast.expr | ast.stmt) -> str:
    return f"{path}:{node.lineno}"
