"""What a group can do, in the order in which /help shows it."""

from bot.features import help, lots, membership, setup
from bot.routing.feature import Feature

FEATURES: tuple[Feature, ...] = (
    membership.FEATURE,
    lots.FEATURE,
    setup.FEATURE,
    help.FEATURE,
)
