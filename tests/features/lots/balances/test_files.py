"""Exchange files: read as the well-known sortition tools read them, and opened in a spreadsheet without harm."""

import csv
import io
from random import Random

import pytest

from bot.chat.message import Attachment
from bot.commons import tables
from bot.features.lots.balances import files
from bot.features.lots.balances.strata import Strata
from tests.support.strata import chosen, document, some


def table(file: Attachment) -> tuple[list[str], list[dict[str, str]]]:
    """Its columns and rows, read strictly and as plain UTF-8, as sortition-algorithms does."""
    reader = csv.DictReader(io.StringIO(file.content.decode("utf-8"), newline=""), strict=True)
    return list(reader.fieldnames or []), list(reader)


def read_by_a_tool(categories: Attachment, people: Attachment, seats: int) -> dict[str, dict[str, tuple[int, int]]]:
    """The checks that stratification-app and sortition-algorithms make of their two files.

    On 27 Nov 2026 sortition-algorithms 0.12.15 itself read 25 such pairs, and found committees for each.
    """
    columns, rows = table(categories)
    assert columns == ["category", "name", "min", "max"]
    features: dict[str, dict[str, tuple[int, int]]] = {}
    for row in rows:
        assert all(cell == cell.strip() != "" for cell in row.values()), "blank cells and spaces around are refused or lost"
        features.setdefault(row["category"], {})[row["name"]] = (int(row["min"]), int(row["max"]))
    for values in features.values():
        assert all(0 <= least <= most for least, most in values.values())
        assert sum(least for least, _ in values.values()) <= seats <= sum(most for _, most in values.values())
    columns, rows = table(people)
    assert columns == ["id", "name", *features]
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(row[category] in features[category] for row in rows for category in features)
    return features


def test_the_tools_can_read_them_and_would_accept_who_was_chosen() -> None:
    dice = Random("exchange")
    for _ in range(200):
        found, seats = some(dice)
        categories, people, _ = files.exchange(7, found, seats, {})
        features = read_by_a_tool(categories, people, seats)
        labels = chosen(document(found, seats), dice.randbytes(32))
        rows = [row for row in table(people)[1] if row["id"] in labels]
        for category, values in features.items():
            assert all(least <= sum(row[category] == name for row in rows) <= most for name, (least, most) in values.items())


def test_what_they_look_like() -> None:
    found = Strata(("site", "age"), {"tg:1": ("North%2C%20upper", "60%2B"), "tg:2": ("-", "16-29"), "mx:@c:d.e": ("-", "-")})
    categories, people, chances = files.exchange(3, found, 2, {"tg:1": "Anna", "tg:2": 'Ben "B"', "mx:@c:d.e": "=2+5"})
    assert (categories.name, people.name) == ("D-3-categories.csv", "D-3-people.csv")
    assert categories.content.decode().split("\r\n") == [
        "category,name,min,max",
        "site,(unstated),1,2",
        'site,"North, upper",0,1',
        "age,(unstated),0,1",
        "age,16-29,0,1",
        "age,60+,0,1",
        "",
    ]
    assert people.content.decode().split("\r\n") == [
        "id,name,site,age",
        "mx:@c:d.e,'=2+5,(unstated),(unstated)",
        'tg:1,Anna,"North, upper",60+',
        'tg:2,"Ben ""B""",(unstated),16-29',
        "",
    ]
    assert chances.content.decode().split("\r\n")[2] == "tg:1,Anna,2/3 = 0.6667"


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "＝1+1", 'a","=1'])
def test_no_cell_is_a_formula(name: str) -> None:
    found = Strata(("site",), {"tg:1": ("North",)})
    _, people, _ = files.exchange(1, found, 1, {"tg:1": name})
    (row,) = table(people)[1]
    assert not row["name"].startswith(tables.FORMULAS)
    assert row["name"].removeprefix("'") == name
    assert set(row) == {"id", "name", "site"}
