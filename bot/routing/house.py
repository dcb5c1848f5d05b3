"""What every handler may ask of the house: its defaults, its chance, its version."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.dice import Dice, SystemDice
from bot.routing.watch import Watch

PREFIXES = {"matrix": "!"}  # what stands before a command, where it is not /


@dataclass(frozen=True, slots=True)
class House:
    version: str
    language: str = "en"
    zone: str = "UTC"
    draw_window: timedelta = timedelta(seconds=30)
    dice: Dice = field(default_factory=SystemDice)
    last_backup: Callable[[], datetime | None] = lambda: None
    watch: Watch = field(default_factory=Watch)


def prefix_on(platform: str) -> str:
    return PREFIXES.get(platform, "/")
