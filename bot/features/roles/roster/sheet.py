"""The roster on paper: one HTML page, black on white, A4, that needs nothing else; whatever people wrote is escaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

STYLE = """
@page { size: A4; margin: 18mm }
body { font: 11pt/1.4 Georgia, "Noto Serif", serif; color: #000; background: #fff; margin: 0 auto; max-width: 174mm }
h1 { font-size: 18pt; margin: 0 0 6mm }
table { border-collapse: collapse; width: 100% }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { border: 0.5pt solid #000; padding: 2mm; text-align: start; vertical-align: top; overflow-wrap: anywhere }
td:first-child p:first-child { font-weight: bold }
p { margin: 0 0 1mm }
footer { margin-top: 6mm; font-size: 9pt }
"""
Cells = Sequence[Sequence[str]]  # of one row: each cell's lines


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with one table."""

    language: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Cells]
    footer: str


def written(sheet: Sheet) -> bytes:
    head = "".join(f"<th>{escape(heading)}</th>" for heading in sheet.headings)
    body = "\n".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in sheet.rows)
    page = f"""<!DOCTYPE html>
<html lang="{escape(sheet.language)}">
<head><meta charset="utf-8"><title>{escape(sheet.title)}</title><style>{STYLE}</style></head>
<body>
<h1 dir="auto">{escape(sheet.title)}</h1>
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{body}
</tbody>
</table>
<footer>{escape(sheet.footer)}</footer>
</body>
</html>
"""
    return page.encode()


def cell(lines: Sequence[str]) -> str:
    return "<td>" + "".join(f'<p dir="auto">{escape(line)}</p>' for line in lines) + "</td>"
