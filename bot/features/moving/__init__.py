"""Moving: a group takes all that it has along, as files, and is founded again elsewhere with the same register."""

from bot.commons import consented
from bot.features.moving import commands, texts
from bot.features.moving.settings import EXPORT
from bot.routing.feature import Command, Feature

FEATURE = Feature(
    name="moving",
    commands=(
        Command("export", commands.export, texts.help_export),
        Command("movein", commands.move_in, texts.help_move_in),
    ),
    outcomes={commands.PURPOSE: commands.decided, **consented.outcomes(EXPORT)},
    settings=(EXPORT,),
    refusals=texts.REFUSALS,
    entries={"imported": texts.imported_entry},
)
