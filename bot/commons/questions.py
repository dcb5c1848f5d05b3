"""How a feature's question is put to a group, whatever the way: as the group has set it for its rounds."""

from datetime import timedelta

from models import GroupRow

LENGTH, QUORUM = timedelta(days=3), "50%"  # where the group has set nothing


def length_of(group: GroupRow) -> timedelta:
    """How long it is open."""
    return timedelta(seconds=kept(group, "round", int(LENGTH.total_seconds())))


def quorum_of(group: GroupRow) -> str:
    """How many must answer, as it was said: "5", "40%"."""
    return str((group.choices or {}).get("quorum", QUORUM))


def kept(group: GroupRow, setting: str, otherwise: int) -> int:
    return int((group.choices or {}).get(setting, otherwise))
