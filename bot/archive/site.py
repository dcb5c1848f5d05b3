"""What an archive shows, as plain values in the group's words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Decision:
    """All that is public about one D-number. The newest line says what holds."""

    number: int
    lines: Sequence[Line]  # oldest first
    text: Sequence[str] = ()  # paragraphs
    options: Sequence[str] = ()
    figures: Sequence[tuple[str, str]] = ()
    related: Sequence[int] = ()  # what it ends or corrects, and what ends or corrects it
    place: int = 0  # in the register
    hash: str = ""

    @property
    def name(self) -> str:
        return f"D-{self.number}"

    @property
    def at(self) -> datetime:
        return self.lines[0].at

    @property
    def title(self) -> str:
        return self.lines[0].words

    @property
    def file(self) -> str:
        return f"D-{self.number}.html"


@dataclass(frozen=True, slots=True)
class Seat:
    """A role in the roster. `held`: who, and until when."""

    role: str
    purpose: str
    held: Sequence[tuple[str, datetime]]
    free: int


@dataclass(frozen=True, slots=True)
class Site:
    title: str
    language: str
    made_at: datetime
    decisions: Sequence[Decision]  # newest first
    roster: Sequence[Seat]
    calendar: bytes | None
    last: int
    head: str
    years: Sequence[int] = field(default=())
