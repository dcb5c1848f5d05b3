"""Reading JSON from strangers: whatever arrives, what comes out has harmless depth, numbers and letters."""

import json
import re
from typing import Any

Event = dict[str, Any]
DEEPEST = 100  # levels
LONGEST_ID = 255
TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[{\]}]', re.S)
UNFIT = re.compile("[\0\ud800-\udfff]")


def loads(text: str) -> Any:
    """Like json.loads; what lies deeper than a hundred levels may be cut away. ValueError for what is not JSON."""
    try:
        return json.loads(text, parse_int=number)
    except RecursionError:
        return json.loads(flat(text), parse_int=number)


def number(digits: str) -> int:
    return int(digits) if len(digits) < 30 else 0


def flat(text: str) -> str:
    """The same JSON with empty lists for whatever lies too deep."""
    kept, depth, done = [], 0, 0
    for token in TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth == DEEPEST:
                kept.append(text[done : token.start()] + "[")
        elif token[0] in "]}":
            depth -= 1
            if depth == DEEPEST - 1:
                kept.append("]")
                done = token.end()
    return "".join(kept) + text[done:]


def dumps(event: Any) -> str:
    """ASCII only, so that any database keeps it."""
    try:
        return json.dumps(event)
    except (RecursionError, ValueError, TypeError):
        return "{}"


def branch(value: Any, *path: str) -> Event:
    """The dict at the end of the path, or an empty one."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def branches(value: Any, *path: str) -> list[Event]:
    """The dicts in the list at the end of the path."""
    *way, last = path
    found = branch(value, *way).get(last)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def words(value: Any) -> str:
    """Text that any database keeps; empty if it is no text."""
    return UNFIT.sub("\ufffd", value) if isinstance(value, str) else ""


def name(value: Any) -> str:
    """An id as the platform gives it: at most 255 bytes, nothing unprintable; else empty."""
    fits = isinstance(value, str) and value.isprintable() and len(value.encode("utf-8", "replace")) <= LONGEST_ID
    return value if fits else ""


def person(value: Any) -> str:
    """A user id; else empty."""
    found = name(value)
    return found if found.startswith("@") and ":" in found else ""
