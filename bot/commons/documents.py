"""A document of headings and lines: one HTML page, black on white, A4, that needs nothing else; what people wrote is escaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

STYLE = """
@page { size: A4; margin: 20mm }
body { font: 12pt/1.45 Georgia, "Noto Serif", serif; color: #000; background: #fff; margin: 0 auto; max-width: 170mm; padding: 5mm }
h1 { font-size: 20pt; margin: 0 0 4mm }
h2 { font-size: 14pt; margin: 6mm 0 2mm; break-after: avoid }
ul { margin: 0; padding-inline-start: 6mm }
li { break-inside: avoid; overflow-wrap: anywhere; margin: 0 0 1mm }
p, footer { overflow-wrap: anywhere }
footer { margin-top: 8mm; font-size: 9pt }
"""


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Document:
    language: str
    title: str
    top: Sequence[str]  # lines below the title
    sections: Sequence[Section]
    footer: Sequence[str] = ()


def written(document: Document) -> bytes:
    top = "\n".join(f'<p dir="auto">{escape(line)}</p>' for line in document.top)
    body = "\n".join(map(section, document.sections))
    footer = "<br>".join(map(escape, document.footer))
    page = f"""<!DOCTYPE html>
<html lang="{escape(document.language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(document.title)}</title><style>{STYLE}</style></head>
<body>
<h1 dir="auto">{escape(document.title)}</h1>
{top}
{body}
<footer>{footer}</footer>
</body>
</html>
"""
    return page.encode()


def section(part: Section) -> str:
    lines = "\n".join(f'<li dir="auto">{escape(line)}</li>' for line in part.lines)
    return f'<h2 dir="auto">{escape(part.heading)}</h2>\n<ul>\n{lines}\n</ul>'
