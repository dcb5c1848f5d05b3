"""What can be said to the bot."""

from bot.features.help import commands, texts
from bot.routing.feature import Command, Feature

FEATURE = Feature(name="help", commands=(Command("help", commands.help_, texts.help_help),), refusals=texts.REFUSALS)
