"""Tables as CSV, in which no cell is one that a spreadsheet would calculate."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

FORMULAS = tuple("=+-@\t\r\n＝＋－＠")  # with which a cell begins that a spreadsheet may calculate


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([head, *([harmless(str(cell)) for cell in row] for row in rows)])
    return written.getvalue()


def harmless(text: str) -> str:
    """A leading apostrophe is what spreadsheets take for: this is text."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULAS) else text
