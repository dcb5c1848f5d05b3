"""Where a group's draws take their chance from: a line of /settings."""

from bot import quicknet
from bot.features.lots.beacon import texts
from bot.refusal import Refused
from bot.routing.feature import Setting

SOURCES = ("hat", "beacon")


def read_source(text: str) -> str:
    chosen = text.strip().casefold()
    if chosen not in SOURCES:
        raise Refused("no such chance")
    if chosen == "beacon" and not quicknet.installed():
        raise Refused("beacon unchecked")
    return chosen


CHANCE = Setting("chance", "hat", read_source, texts.chance_line, usual=lambda house: house.chance)
