"""What a button means: a verb and what it is about, at most 64 bytes, checked when it is built."""

import re
from dataclasses import dataclass

LIMIT = 64  # bytes; Telegram's limit on callback_data, and on what a link to a bot carries
PART = re.compile(r"[A-Za-z0-9_.\-]+")
IN_LINKS = {"_": "__", ".": "_d", ":": "_c"}  # a link carries only letters, digits, - and _
FROM_LINKS = {packed: plain for plain, packed in IN_LINKS.items()}


@dataclass(frozen=True, slots=True)
class Action:
    """`Action("draw.shake", "17")` packs to `draw.shake:17`. Anyone can forge one: whoever handles it checks everything."""

    verb: str
    about: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        parts = (self.verb, *self.about)
        if not all(PART.fullmatch(part) for part in parts) or len(":".join(parts)) > LIMIT:
            raise ValueError("an action is letters, digits, dots and dashes of at most 64 bytes")

    @property
    def packed(self) -> str:
        return ":".join((self.verb, *self.about))

    @classmethod
    def unpack(cls, packed: str) -> "Action":
        """The action that packs to this; ValueError for anything else."""
        verb, *about = packed.split(":")
        return cls(verb, tuple(about))

    @property
    def in_link(self) -> str:
        """The same in the letters that a link to a bot may carry; `from_link` turns it back."""
        return re.sub("[_.:]", lambda found: IN_LINKS[found[0]], self.packed)

    @property
    def fits_a_link(self) -> bool:
        return bool(self.about) and len(self.in_link) <= LIMIT

    @classmethod
    def from_link(cls, carried: str) -> "Action":
        """The action with a subject that a link carries; ValueError for anything else."""
        found = cls.unpack(re.sub("_[_dc]", lambda code: FROM_LINKS[code[0]], carried))
        if found.in_link != carried or not found.fits_a_link:
            raise ValueError("no action in this link")
        return found


def action(verb: str, *about: str | int) -> Action:
    return Action(verb, tuple(str(part) for part in about))
