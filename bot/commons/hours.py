"""Quiet hours: when the bot reminds nobody, as the group has set it."""

from datetime import datetime, time

from bot.commons import texts
from bot.commons.when import quiet_until
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Setting
from models import GroupRow


def read_hours(text: str) -> list[int]:
    """`22-8` -> [22, 8]; `none` -> [0, 0]."""
    if text.casefold() == "none":
        return [0, 0]
    parts = [part.strip().removesuffix(":00") for part in text.replace("–", "-").split("-")]
    if len(parts) != 2 or not all(part.isascii() and part.isdecimal() and int(part) < 24 for part in parts):
        raise Refused("no such hours")
    return [int(part) for part in parts]


QUIET = Setting("quiet", [22, 8], read_hours, texts.quiet_line)


def waking(group: GroupRow, at: datetime, before: datetime) -> datetime | None:
    """When something may be said that is to be said at `at`: then, or once the quiet hours are over; None if that is too late."""
    said_at = awake_at(group, at)
    return said_at if said_at < before else None


def awake_at(group: GroupRow, at: datetime) -> datetime:
    """Then, or once the quiet hours are over: for what is never too late to be said."""
    start, end = QUIET.of(group)
    return quiet_until(at, Voice(group.language, group.zone).zone, time(start), time(end))
