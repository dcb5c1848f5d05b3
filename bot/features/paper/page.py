"""A bulletin as plain values, in the words of one room: what both the HTML and the PDF are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    lead: str  # what the eye looks for: a date
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    items: Sequence[Item]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A role, who holds it, and until when each of them does; in a vacant one that stands in place of a name."""

    role: str
    who: Sequence[str]
    until: Sequence[str]


@dataclass(frozen=True, slots=True)
class Roster:
    heading: str
    columns: Sequence[str]
    rows: Sequence[Row]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    heading: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Witness:
    """The register's newest entry and its hash, cut into groups; none while the register is empty."""

    text: str
    head: Sequence[str] = ()
    qr: str = ""  # SVG of our own
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    lang: str
    title: str
    subtitle: str
    sections: Sequence[Section]
    roster: Roster
    objecting: Box
    witness: Witness
    footer: str


def kept(page: Page) -> dict[str, Any]:
    """As JSON has it."""
    return asdict(page)


def page_of(data: Mapping[str, Any]) -> Page:
    """From what `kept` gave."""
    sections = [Section(each["heading"], [Item(**item) for item in each["items"]], each["note"]) for each in data["sections"]]
    roster = Roster(**{**data["roster"], "rows": [Row(**row) for row in data["roster"]["rows"]]})
    parts = {"sections": sections, "roster": roster, "objecting": Box(**data["objecting"]), "witness": Witness(**data["witness"])}
    return Page(**{**data, **parts})
