"""The group's calendar: all that ends, closes or is looked at again, as a file."""

from bot.features.calendar import commands, terms, texts
from bot.routing.feature import Command, Feature

FEATURE = Feature(
    name="calendar",
    commands=(Command("calendar", commands.calendar, texts.help_calendar),),
    dates=terms.dates,
)
