"""Pools of people with labels, as chance or a story makes them."""

from datetime import UTC, datetime
from random import Random

from bot.commons import lots
from bot.features.lots.balances import strata
from bot.features.lots.balances.strata import Strata

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
VALUES = ("North", "South", "Mid%20East", "%C3%91u%C3%B1oa", "60%2B", "-")


def some(dice: Random, most: int = 40) -> tuple[Strata, int]:
    """People with labels of one to four categories, and how many seats there are."""
    n, categories = dice.randint(1, most), dice.randint(1, 4)
    known = [dice.sample(VALUES, dice.randint(1, 5)) for _ in range(categories)]
    people = {f"tg:{1000 + number}": tuple(map(dice.choice, known)) for number in range(n)}
    return Strata(("site", "gender", "age", "language")[:categories], people), dice.randint(1, n)


def document(found: Strata, seats: int, secret: bytes = bytes(32)) -> str:
    source, more = f"hat: {lots.commitment(secret)}", strata.lines(found, seats)
    return lots.pool_document(lots.Pool(7, "tg:-1", "council", seats, source, NOON, tuple(found.people), more))


def chosen(written: str, chance: bytes) -> list[str]:
    """By the bot, from the document alone."""
    found = strata.read(written)
    assert found is not None
    seats = int(written.partition("\nseats: ")[2].split()[0])
    return strata.chosen(found, seats, lots.order(written, chance), lots.key(written, chance))
