"""The process that prints: a page as JSON comes in, a PDF goes out. It reads no file but its own template and fonts."""

import json
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

TEMPLATE = Path(__file__).with_name("bulletin.typ")
FONTS = ("manimgx_fonts", "noto_cjk_sans_jp_regular")
COMMAND = re.compile(r"(?:^|(?<=\s))/(?=\w)")
LONG, PART = re.compile(r"\S{30,}"), re.compile(r".{5}")
BREAK, JOIN = "\u200b", "\u2060"  # a line may end here; it may not


def printed(page: Any, **form: Any) -> bytes:
    """As PDF, or in another form that Typst knows."""
    inputs = {"page": json.dumps(breakable(page))}
    made = typst.compile(TEMPLATE.read_bytes(), font_paths=fonts(), ignore_system_fonts=True, sys_inputs=inputs, **form)
    assert isinstance(made, bytes)
    return made


def fonts() -> list[str]:
    found = (find_spec(name) for name in FONTS)
    return [folder for spec in found if spec for folder in spec.submodule_search_locations or ()]


def breakable(page: Any) -> Any:
    """With places to break words that are wider than the page, and none behind the / of a command."""
    if isinstance(page, dict):
        return {key: value if key == "qr" else breakable(value) for key, value in page.items()}
    if isinstance(page, list):
        return [breakable(each) for each in page]
    if isinstance(page, str):
        return LONG.sub(lambda word: PART.sub(rf"\g<0>{BREAK}", word[0]), COMMAND.sub(f"/{JOIN}", page))
    return page


def main() -> int:
    sys.stdout.buffer.write(printed(json.load(sys.stdin)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
