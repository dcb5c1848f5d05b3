"""The bulletin as HTML: one page, A4, black on white, that needs nothing else; whatever people wrote is escaped."""

from html import escape

from bot.features.paper.page import Box, Item, Page, Roster, Row, Section, Witness

STYLE = """
@page { size: A4; margin: 12mm 16mm }
* { box-sizing: border-box }
body { font: 11.25pt/1.3 "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans CJK SC", Arial, sans-serif;
  color: #000; background: #fff; margin: 0 auto; max-width: 178mm; overflow-wrap: anywhere }
h1 { font-size: 38pt; line-height: 1.1; margin: 0; font-weight: 800 }
h2 { font-size: 24pt; line-height: 1.15; margin: 4.5mm 0 1.5mm; font-weight: 800; break-after: avoid }
.subtitle { font-size: 15pt; margin: 2mm 0 3mm; padding-bottom: 3mm; border-bottom: 1.5pt solid }
dl { display: grid; grid-template-columns: 26mm 1fr; gap: 0 3mm; margin: 0; break-inside: avoid }
dt { font-weight: bold; margin-bottom: 1.2mm }
dd { margin: 0 0 1.2mm }
small { font-size: 10.5pt; display: block }
p { margin: 0 0 1.5mm }
table { border-collapse: collapse; width: 100% }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { border-bottom: 0.5pt solid; padding: 1mm; text-align: start; vertical-align: top; font-weight: normal }
thead th, tbody th { font-weight: bold }
section.box { border: 1.5pt solid; padding: 3mm 4mm; margin-top: 5mm; break-inside: avoid }
section.box h2 { margin-top: 0 }
.witness { display: grid; grid-template-columns: 1fr 32mm; gap: 5mm; align-items: center; margin-top: 4mm;
  font-size: 10.5pt; break-inside: avoid }
code { font: 10pt/1.4 "DejaVu Sans Mono", Menlo, Consolas, monospace }
svg { display: block; width: 32mm; height: 32mm }
footer { margin-top: 2mm; font-size: 9pt }
@media screen { body { padding: 5mm } }
@media (max-width: 600px) { h1 { font-size: 26pt } .witness, dl { grid-template-columns: 1fr } }
"""


def written(page: Page) -> bytes:
    parts = [*map(section, page.sections), roster(page.roster), box(page.objecting), witness(page.witness)]
    body = "\n".join(part for part in parts if part)
    whole = f"""<!DOCTYPE html>
<html lang="{escape(page.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(page.title)}</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<h1 dir="auto">{escape(page.title)}</h1>
<p class="subtitle">{escape(page.subtitle)}</p>
</header>
<main>
{body}
</main>
<footer>{escape(page.footer)}</footer>
</body>
</html>
"""
    return whole.encode()


def section(each: Section) -> str:
    items = f"{''.join(map(item, each.items))}\n" if each.items else ""
    return f"<section>\n<h2>{escape(each.heading)}</h2>\n{items}{note(each.note)}</section>"


def item(each: Item) -> str:
    small = f"<small>{escape(each.note)}</small>" if each.note else ""
    return f'\n<dl><dt>{escape(each.lead)}</dt><dd><span dir="auto">{escape(each.text)}</span>{small}</dd></dl>'


def note(words: str) -> str:
    return f"<p>{escape(words)}</p>\n" if words else ""


def roster(each: Roster) -> str:
    if not each.rows:
        return ""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in each.columns)
    rows = "\n".join(map(row, each.rows))
    table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    return f"<section>\n<h2>{escape(each.heading)}</h2>\n{table}\n{note(each.note)}</section>"


def row(each: Row) -> str:
    """A line for each who holds it."""
    head = f'<th scope="rowgroup" rowspan="{len(each.who)}" dir="auto">{escape(each.role)}</th>'
    lines = [f"<td><bdi>{escape(who)}</bdi></td><td>{escape(until)}</td>" for who, until in zip(each.who, each.until, strict=True)]
    return f"<tr>{head}{'</tr><tr>'.join(lines)}</tr>"


def box(each: Box) -> str:
    return f'<section class="box">\n<h2>{escape(each.heading)}</h2>\n{"".join(map(note, each.lines))}</section>'


def witness(each: Witness) -> str:
    """`qr` is a drawing of our own, not of anybody's words."""
    if not each.head:
        return ""
    words = f"<p>{escape(each.text)}</p>\n<p><code>{escape(' '.join(each.head))}</code></p>"
    drawn = f'<div role="img" aria-label="{escape(each.alt)}">{each.qr}</div>'
    return f'<section class="witness">\n<div>{words}</div>\n{drawn}\n</section>'
