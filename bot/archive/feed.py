"""The newest decisions as an Atom feed (RFC 4287)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from bot.archive.site import Decision, Site

MOST = 50


def written(site: Site, identity: str) -> str:
    """`identity`: hexadecimal digits that are the group's for good."""
    newest = max((each.lines[-1].at for each in site.decisions), default=site.made_at)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(site.language)}>',
            f"<id>{urn(identity)}</id>",
            f"<title>{escape(site.title)}</title>",
            f"<updated>{instant(newest)}</updated>",
            f"<author><name>{escape(site.title)}</name></author>",
            '<link rel="alternate" type="text/html" href="index.html"/>',
            '<link rel="self" type="application/atom+xml" href="feed.atom"/>',
            *entries(site, identity),
            "</feed>",
            "",
        ]
    )


def entries(site: Site, identity: str) -> Iterator[str]:
    for each in site.decisions[:MOST]:
        yield entry(each, identity)


def entry(each: Decision, identity: str) -> str:
    summary = f"<summary>{escape(' '.join(each.text))}</summary>" if each.text else ""
    return (
        f"<entry><id>{urn(f'{each.number:08x}{identity[8:]}')}</id><title>{escape(each.title)}</title>"
        f"<published>{instant(each.at)}</published><updated>{instant(each.lines[-1].at)}</updated>"
        f'<link rel="alternate" type="text/html" href="{each.file}"/>{summary}</entry>'
    )


def urn(digits: str) -> str:
    """As a UUID of our own making (RFC 9562, version 8)."""
    d = digits
    return f"urn:uuid:{d[:8]}-{d[8:12]}-8{d[13:16]}-8{d[17:20]}-{d[20:32]}"


def instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
