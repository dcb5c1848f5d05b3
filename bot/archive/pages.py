"""The pages of an archive: valid HTML that needs no script and asks nobody for anything; whatever people wrote is escaped."""

from collections.abc import Iterator, Sequence
from html import escape

from bot.archive import texts
from bot.archive.index import index_of
from bot.archive.site import Decision, Line, Seat, Site
from bot.language import Voice

NEWEST = 12  # decisions on the first page
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"
Files = Iterator[tuple[str, str]]  # names and contents


def pages(site: Site, v: Voice) -> Files:
    yield "index.html", page(site, v, "index.html", texts.decided(v), start(site, v))
    yield "roster.html", page(site, v, "roster.html", texts.roster(v), roster(site.roster, v))
    yield "search.html", page(site, v, "search.html", texts.search(v), search(site, v), script=True)
    for year in site.years:
        of_it = [each for each in site.decisions if each.at.astimezone(v.zone).year == year]
        yield f"year-{year}.html", page(site, v, "", texts.year(v, year), decisions(of_it, v))
    for each in site.decisions:
        yield each.file, page(site, v, "", each.title, decision(each, v))


def page(site: Site, v: Voice, file: str, title: str, body: str, script: bool = False) -> str:
    """`file`: which of the pages in the menu it is."""
    more = '\n<script src="search.js" defer></script>' if script else ""
    return f"""<!DOCTYPE html>
<html lang="{escape(site.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="referrer" content="no-referrer">
<title>{escape(f"{title} · {site.title}")}</title>
<link rel="stylesheet" href="style.css">
<link rel="alternate" type="application/atom+xml" title="{escape(site.title)}" href="feed.atom">{more}
</head>
<body>
<a class="skip" href="#content">{escape(texts.skip(v))}</a>
<header>
<p dir="auto"><a href="index.html">{escape(site.title)}</a></p>
<nav aria-label="{escape(texts.menu(v))}"><ul>{"".join(menu(site, v, file))}</ul></nav>
</header>
<main id="content">
<h1 dir="auto">{escape(title)}</h1>
{body}
</main>
<footer><p class="soft">{escape(texts.as_of(v, site.made_at, site.last))}<br><code>{escape(site.head)}</code></p></footer>
</body>
</html>
"""


def menu(site: Site, v: Voice, file: str) -> Iterator[str]:
    shown = [("index.html", texts.home(v)), ("roster.html", texts.roster(v)), ("search.html", texts.search(v))]
    shown += [("calendar.ics", texts.calendar(v))] if site.calendar else []
    for name, words in [*shown, ("feed.atom", texts.feed(v))]:
        here = ' aria-current="page"' if name == file else ""
        yield f'<li><a href="{name}"{here}>{escape(words)}</a></li>'


def start(site: Site, v: Voice) -> str:
    years = "".join(f'<li><a href="year-{year}.html">{escape(texts.year(v, year))}</a></li>' for year in site.years)
    by_year = f'\n{heading(texts.by_year(v))}\n<ul class="plain">{years}</ul>' if years else ""
    return f"{heading(texts.newest(v))}\n{decisions(site.decisions[:NEWEST], v)}{by_year}"


def heading(words: str) -> str:
    return f"<h2>{escape(words)}</h2>"


def decisions(found: Sequence[Decision], v: Voice, words: bool = False) -> str:
    """`words`: with those by which the script finds it."""
    if not found:
        return f"<p>{escape(texts.nothing(v))}</p>"
    return '<ol class="decisions">\n' + "\n".join(item(each, v, words) for each in found) + "\n</ol>"


def item(each: Decision, v: Voice, words: bool) -> str:
    data = f' data-words="{escape(" ".join([*each.text, *each.options]))}"' if words else ""
    return f'<li{data}>{moment(each, v)} <a href="{each.file}" dir="auto">{escape(each.title)}</a></li>'


def moment(each: Decision, v: Voice) -> str:
    local = each.at.astimezone(v.zone)
    return f'<time datetime="{local:%Y-%m-%d}">{escape(v.date(each.at))}</time>'


def decision(each: Decision, v: Voice) -> str:
    return "\n".join(part for part in parts(each, v) if part)


def parts(each: Decision, v: Voice) -> Iterator[str]:
    yield f"<p>{moment(each, v)}</p>"
    if each.text:
        said = "".join(f'<p dir="auto">{escape(line)}</p>' for line in each.text)
        yield f"{heading(texts.text_heading(v))}\n<blockquote>{said}</blockquote>"
    if each.options:
        listed = "".join(f'<li dir="auto">{escape(option)}</li>' for option in each.options)
        yield f"{heading(texts.options(v))}\n<ol>{listed}</ol>"
    if each.figures:
        told = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in each.figures)
        yield f"{heading(texts.figures_heading(v))}\n<dl>{told}</dl>"
    if len(each.lines) > 1:
        later = "".join(line_of(line, v) for line in each.lines[1:])
        yield f'{heading(texts.story(v))}\n<ul class="plain">{later}</ul>'
    if each.related:
        yield f"{heading(texts.related(v))}\n<p>{numbers(each.related)}</p>"
    yield f'<p class="soft">{escape(texts.entered(v, each.place))}<br><code>{escape(each.hash)}</code></p>'


def line_of(line: Line, v: Voice) -> str:
    return f'<li><span class="soft">{escape(v.date(line.at))}</span> <span dir="auto">{escape(line.words)}</span></li>'


def numbers(found: Sequence[int]) -> str:
    return " ".join(f'<a href="D-{number}.html">D-{number}</a>' for number in found)


def roster(seats: Sequence[Seat], v: Voice) -> str:
    if not seats:
        return f"<p>{escape(texts.no_roles(v))}</p>"
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in texts.columns(v))
    rows = "\n".join(seat(each, v) for each in seats)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def seat(each: Seat, v: Voice) -> str:
    who = [f"<bdi>{escape(name)}</bdi>" for name, _ in each.held]
    until = [escape(v.date(at)) for _, at in each.held]
    free = [f'<span class="soft">{escape(texts.free(v, each.free, bool(each.held)))}</span>'] if each.free else []
    purpose = f'<br><span class="soft">{escape(each.purpose)}</span>' if each.purpose else ""
    role = f'<th scope="row" dir="auto">{escape(each.role)}{purpose}</th>'
    return f"<tr>{role}<td>{'<br>'.join(who + free)}</td><td>{'<br>'.join(until)}</td></tr>"


def search(site: Site, v: Voice) -> str:
    filtering = f'<p id="filter" hidden><label>{escape(texts.filter_label(v))} <input type="search" autocomplete="off"></label></p>'
    listed = f"{heading(texts.all_decisions(v))}\n{decisions(site.decisions, v, words=True)}"
    return f"{filtering}\n{listed}\n{heading(texts.words_heading(v))}\n<p>{escape(texts.words_help(v))}</p>\n{by_word(site)}"


def by_word(site: Site) -> str:
    return "\n".join(letter(first, words) for first, words in index_of(site.decisions))


def letter(first: str, words: Sequence[tuple[str, Sequence[int]]]) -> str:
    told = "".join(f"<dt>{escape(word)}</dt><dd>{numbers(found)}</dd>" for word, found in words)
    return f"<details><summary>{escape(first.upper())}</summary><dl>{told}</dl></details>"
