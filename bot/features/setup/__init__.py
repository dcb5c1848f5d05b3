"""Settling into a room: the welcome, the settings, how it is going."""

from bot.chat.incoming import BotAdded
from bot.commons.choices import MATRIX
from bot.features.setup import boards, commands, texts
from bot.routing.feature import Command, Feature

FEATURE = Feature(
    name="setup",
    commands=(
        Command("start", commands.start, texts.help_start),
        Command("settings", commands.settings, texts.help_settings),
        Command("status", commands.status, texts.help_status),
    ),
    events=((BotAdded, commands.added),),
    boards={"welcome": boards.welcome_board},
    refusals=texts.REFUSALS,
    settings=(MATRIX,),
    entries={"settings": texts.settings_entry},
)
