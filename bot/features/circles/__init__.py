"""Circles: named lists of members, to draw from, to ask, and to be a role's pool."""

from bot.features.circles import commands, store, texts
from bot.features.circles.forgetting import FORGET
from bot.routing.feature import Command, Feature

FEATURE = Feature(
    name="circles",
    commands=(
        Command("circle", commands.circle, texts.help_circle),
        Command("circles", commands.circles, texts.help_circles),
    ),
    refusals=texts.REFUSALS,
    merge=store.merge,
    forget=FORGET,
    entries={"circle": texts.circle_entry},
)
