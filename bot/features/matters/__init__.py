"""What can be done with anything that has a D-number: answer it, close it, give it more time, take it back."""

from bot.features.matters import commands, texts
from bot.routing.feature import Command, Feature

FEATURE = Feature(
    name="matters",
    commands=(
        Command("vote", commands.handler_of("vote"), texts.help_vote),
        Command("close", commands.handler_of("close"), texts.help_close),
        Command("extend", commands.handler_of("extend"), texts.help_extend),
        Command("withdraw", commands.handler_of("withdraw"), texts.help_withdraw),
    ),
    refusals=texts.REFUSALS,
)
