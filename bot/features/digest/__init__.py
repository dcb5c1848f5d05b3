"""The digest: once a day what was decided, opened and is about to close; and at any time what is open."""

from bot.features.digest import commands, sweep, texts
from bot.routing.feature import Command, Feature

FEATURE = Feature(
    name="digest",
    commands=(Command("open", commands.open_now, texts.help_open),),
    taps={texts.OPEN: commands.press},
    sweeps=(sweep.SWEEP,),
    refusals=texts.REFUSALS,
    settings=(sweep.DIGEST,),
    replan=sweep.replan,
)
