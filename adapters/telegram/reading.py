"""Careful reading of JSON of which any part may be missing or of another kind. Pure."""

from typing import Any

Json = dict[str, Any]
LARGEST = 2**63  # no id is larger


def part(data: Any, key: str) -> Json:
    """The object under the key; empty when there is none."""
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def parts(data: Any, key: str) -> list[Json]:
    found = data.get(key) if isinstance(data, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text(data: Any, key: str) -> str:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, str) else ""


def number(data: Any, key: str) -> int | None:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) and abs(found) < LARGEST else None


def in_units(words: str, offset: int, length: int) -> str:
    """A stretch that is given in UTF-16 units."""
    return words.encode("utf-16-le", "surrogatepass")[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")
