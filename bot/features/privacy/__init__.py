"""Privacy: what is known of somebody, and having it forgotten."""

from bot.features.privacy import commands, retention, scrubbing, texts, waiting
from bot.features.privacy.forgetting import FORGET
from bot.features.privacy.settings import RETENTION
from bot.routing.feature import Command, Feature

FEATURE = Feature(
    name="privacy",
    commands=(
        Command("mydata", commands.mydata, texts.help_mydata),
        Command("forget", commands.forget, texts.help_forget),
    ),
    taps={"forget.go": commands.go},
    sweeps=(waiting.SWEEP, scrubbing.SWEEP, retention.SWEEP),
    settings=(RETENTION,),
    refusals=texts.REFUSALS,
    entries={"forgotten": texts.erased_entry},
    forget=FORGET,
)
