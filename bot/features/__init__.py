"""What a group can do, in the order in which /help shows it."""

from bot.features import help, lots, matters, membership, setup
from bot.routing.feature import Feature

FEATURES: tuple[Feature, ...] = (
    membership.FEATURE,
    lots.FEATURE,
    matters.FEATURE,
    setup.FEATURE,
    help.FEATURE,
)
