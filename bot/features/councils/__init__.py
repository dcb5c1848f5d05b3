"""Councils: a few people for one issue, who are done when it is."""

from bot.features.councils import boards, commands, store, sweep, texts
from bot.features.councils.forgetting import FORGET
from bot.routing.feature import Command, Feature, Matter

FEATURE = Feature(
    name="councils",
    commands=(Command("council", commands.council, texts.help_council),),
    sweeps=sweep.SWEEPS,
    boards={"council": boards.council_board},
    refusals=texts.REFUSALS,
    forget=FORGET,
    matters=(Matter(store.find, store.open_numbers, {"close": commands.close}, show=boards.show),),
    entries={"council convened": texts.convened_entry, "council ends": texts.ends_entry},
)
