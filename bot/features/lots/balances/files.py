"""Exchange files: as the Sortition Foundation's stratification-app and sortition-algorithms read them.

categories.csv has `category,name,min,max`, people.csv an `id`, and a column for each category. Every cell opens in a
spreadsheet as the text that it is.
"""

from collections.abc import Mapping, Sequence

from bot.chat.message import Attachment
from bot.commons.tables import table
from bot.features.lots.balances import strata
from bot.features.lots.balances.strata import UNSTATED, Strata

NOTHING_SAID = "(unstated)"  # no label begins with a bracket, and the tools take no empty cell


def exchange(number: int, found: Strata, seats: int, names: Mapping[str, str]) -> tuple[Attachment, ...]:
    """`names`: of people by their tickets' labels."""
    chance = f"{seats}/{len(found.people)}"
    columns = [cell(name) for name in found.categories]
    people = [[label, names.get(label, ""), *map(cell, found.people[label])] for label in sorted(found.people)]
    return (
        attached(f"D-{number}-categories.csv", ["category", "name", "min", "max"], quota_rows(found, seats)),
        attached(f"D-{number}-people.csv", ["id", "name", *columns], people),
        attached(
            f"D-{number}-chances.csv",
            ["id", "name", "chance"],
            [[*row[:2], f"{chance} = {seats / len(found.people):.4f}"] for row in people],
        ),
    )


def quota_rows(found: Strata, seats: int) -> list[list[str]]:
    return [[cell(found.categories[q.place]), cell(q.value), str(q.least), str(q.most)] for q in strata.quotas(found, seats)]


def cell(text: str) -> str:
    return NOTHING_SAID if text == UNSTATED else strata.shown(text)


def attached(name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Attachment:
    """UTF-8 without a mark before it: the tools would read that as part of the first column's name."""
    return Attachment(name, "text/csv", table(head, rows).encode())
