"""For which role somebody joins or leaves. Pure."""

from bot.refusal import Refused
from bot.tidy import folded, tidy

ROLE_LIMIT = 64  # characters
ALL = frozenset({"all", "all roles", "for all", "todos", "todas", "para todo", "todos los cargos"})


def read_role(text: str) -> str:
    """The role's name, or nothing for all roles. Refused: too long."""
    words = " ".join(text.split())
    if words.casefold() in ALL:
        return ""
    if len(words) > ROLE_LIMIT:
        raise Refused("role too long", limit=ROLE_LIMIT)
    return tidy(words, ROLE_LIMIT) if folded(words) else ""
