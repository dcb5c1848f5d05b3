"""What every handler may ask of the house: its defaults, its chance, its version."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.dice import Dice, SystemDice


@dataclass(frozen=True, slots=True)
class House:
    version: str
    language: str = "en"
    zone: str = "UTC"
    draw_window: timedelta = timedelta(seconds=30)
    dice: Dice = field(default_factory=SystemDice)
    prefixes: dict[str, str] = field(default_factory=lambda: {"matrix": "!"})  # before a command, where it is not /

    def prefix(self, platform: str) -> str:
        return self.prefixes.get(platform, "/")
