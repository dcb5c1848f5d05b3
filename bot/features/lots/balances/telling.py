"""A draw's balance as it is told, from its pool document."""

from bot.features.lots.balances import strata, texts
from bot.features.lots.balances.strata import UNSTATED, Strata, shown
from bot.routing.house import prefix_on
from bot.tidy import isolated
from models import DrawRow


def balance_of(draw: DrawRow, platform: str) -> texts.Balance | None:
    """None if it is not balanced."""
    found = strata.read(draw.pool_document)
    if found is None:
        return None
    categories = [category(found, draw.seats, place) for place in range(len(found.categories))]
    return texts.Balance(draw.number, draw.seats, len(found.people), categories, prefix_on(platform))


def category(found: Strata, seats: int, place: int) -> texts.Category:
    """Those of which most serve come first, and those who have said nothing last."""
    quotas = [quota for quota in strata.quotas(found, seats) if quota.place == place]
    quotas.sort(key=lambda quota: (quota.value == UNSTATED, -quota.n, quota.value))
    values = [texts.Value(value_of(quota.value), quota.least, quota.most, quota.n) for quota in quotas]
    return texts.Category(name_of(found, place), values, name_of(found, place - 2) if place > 1 else "")


def name_of(found: Strata, place: int) -> str:
    return isolated(shown(found.categories[place]))


def value_of(value: str) -> str:
    return "" if value == UNSTATED else isolated(shown(value))
