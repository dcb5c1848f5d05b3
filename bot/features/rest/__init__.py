"""Rest: a time off from draws, nudges and quorums, for which no reason is asked."""

from bot.features.rest import commands, texts
from bot.routing.feature import Command, Feature

FEATURE = Feature(
    name="rest",
    commands=(
        Command("rest", commands.rest, texts.help_rest),
        Command("back", commands.back, texts.help_back),
    ),
    replies={commands.HOW_LONG: commands.told_how_long},
    refusals=texts.REFUSALS,
)
