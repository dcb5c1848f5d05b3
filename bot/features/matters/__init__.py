"""What can be done with anything that has a D-number: answer it, close it, give it more time, take it back."""

from bot.commons.numbers import handler_of
from bot.features.matters import texts
from bot.routing.feature import Command, Feature

FEATURE = Feature(
    name="matters",
    commands=(
        Command("vote", handler_of("vote"), texts.help_vote, vote=True),
        Command("close", handler_of("close"), texts.help_close),
        Command("extend", handler_of("extend"), texts.help_extend),
        Command("withdraw", handler_of("withdraw"), texts.help_withdraw, vote=True),
    ),
    refusals=texts.REFUSALS,
)
