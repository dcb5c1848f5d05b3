"""What a room must come to, worked out by hand from what its people did and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from bot.chat.message import plain
from bot.features.membership import texts
from bot.language import Voice

ENGLISH = Voice("en")
Kind = Literal["join", "leave", "tap", "draw", "shake"]
WELCOME = "I am Folkmoot."


@dataclass(frozen=True)
class Deed:
    """One thing that somebody did. `id`: of the message that a command is; `role`: what is drawn for, or shaken for."""

    kind: Kind
    who: str
    id: str = ""
    role: str = ""


@dataclass(frozen=True)
class Said:
    """A message that the room must show, in this order: an answer to `to`, or a board. It begins with `words`."""

    words: str
    to: str = ""
    may_lack: bool = False  # a refusal: at most once

    @property
    def name(self) -> str:
        return self.to or self.words


@dataclass
class Lots:
    """One draw: who may shake, and who has."""

    number: int
    pool: frozenset[str]
    shaken: list[str] = field(default_factory=list)

    @property
    def drawn(self) -> bool:
        return len(self.shaken) == len(self.pool)


@dataclass
class Hat:
    """A group's hat. `changes`: how often something happened that its welcome board shows, were it only said anew."""

    prefix: str
    inside: dict[str, None] = field(default_factory=dict)
    changes: int = 0
    lots: dict[str, Lots] = field(default_factory=dict)
    said: list[Said] = field(default_factory=lambda: [Said(WELCOME)])

    @classmethod
    def after(cls, deeds: Iterable[Deed], prefix: str) -> "Hat":
        hat = cls(prefix)
        for deed in deeds:
            getattr(hat, deed.kind)(deed)
        return hat

    def tap(self, deed: Deed) -> bool:
        """Says whether that was new."""
        new = deed.who not in self.inside
        self.inside[deed.who] = None
        self.changes += 1
        return new

    def join(self, deed: Deed) -> None:
        new = self.tap(deed)
        self.said.append(Said(plain(texts.joined(ENGLISH, deed.who, len(self.inside), new, None, self.prefix)), deed.id))

    def leave(self, deed: Deed) -> None:
        was_in = deed.who in self.inside
        self.inside.pop(deed.who, None)
        self.changes += 1
        self.said.append(Said(plain(texts.left(ENGLISH, deed.who, len(self.inside), was_in, self.prefix)), deed.id))

    def draw(self, deed: Deed) -> None:
        if not self.inside:
            self.said.append(Said("", deed.id, may_lack=True))
            return
        lots = self.lots[deed.role] = Lots(len(self.lots) + 1, frozenset(self.inside))
        self.said.append(Said(f"🎩 D-{lots.number}: lots for {deed.role}"))

    def shake(self, deed: Deed) -> None:
        lots = self.lots[deed.role]
        if lots.drawn or deed.who not in lots.pool or deed.who in lots.shaken:
            return
        lots.shaken.append(deed.who)
        if len(lots.shaken) == len(lots.pool):
            self.said.append(Said(f"🎲 D-{lots.number}: drawn for {deed.role}"))
