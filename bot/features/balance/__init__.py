"""Balance: once a month the bot says, without names, when the same few carry most."""

from bot.features.balance import sweep
from bot.routing.feature import Feature

FEATURE = Feature(name="balance", sweeps=(sweep.SWEEP,), settings=(sweep.BALANCE,))
