"""What a button means: a verb and what it is about, at most 64 bytes, checked when it is built."""

import re
from dataclasses import dataclass

LIMIT = 64  # bytes; Telegram's limit on callback_data
PART = re.compile(r"[A-Za-z0-9_.\-]+")


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


def action(verb: str, *about: str | int) -> Action:
    return Action(verb, tuple(str(part) for part in about))
