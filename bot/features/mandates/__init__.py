"""Mandates: they end by themselves, and whoever holds one can give it back at any time."""

from bot.features.mandates import commands, ends, store, texts
from bot.routing.feature import Command, Feature, Sweep

FEATURE = Feature(
    name="mandates",
    commands=(Command("resign", commands.resign, texts.help_resign),),
    sweeps=(Sweep("terms", store.ends_due, store.next_end, ends.settle, after_intake=False),),
    refusals=texts.REFUSALS,
)
