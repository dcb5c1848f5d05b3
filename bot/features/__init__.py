"""What a group can do, in the order in which /help shows it."""

from bot.commons import texts, when
from bot.features import (
    balance,
    calendar,
    circles,
    consent,
    councils,
    grants,
    help,
    labels,
    links,
    lots,
    mandates,
    matters,
    membership,
    memory,
    polls,
    recall,
    rest,
    roles,
    setup,
)
from bot.routing.feature import Feature

FEATURES: tuple[Feature, ...] = (
    membership.FEATURE,
    rest.FEATURE,
    circles.FEATURE,
    labels.FEATURE,
    lots.FEATURE,
    roles.FEATURE,
    mandates.FEATURE,
    recall.FEATURE,
    grants.FEATURE,
    councils.FEATURE,
    balance.FEATURE,
    consent.FEATURE,
    polls.FEATURE,
    matters.FEATURE,
    memory.FEATURE,
    calendar.FEATURE,
    links.FEATURE,
    setup.FEATURE,
    help.FEATURE,
    Feature("commons", refusals={**when.REFUSALS, **texts.REFUSALS}),
)
