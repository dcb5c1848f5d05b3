"""Quotas are met, everybody's chance is the same, and the pool document says it all."""

from collections import Counter
from fractions import Fraction
from hashlib import sha256
from random import Random

import pytest

from bot.commons import lots
from bot.features.lots.balances import strata
from bot.features.lots.balances.strata import Arc, Strata
from tests.support.strata import NOON, chosen, document, some

DRAWS = 3_000
RARE = 18.47  # chi-square that one of a thousand fair series passes, with 4 degrees of freedom


def counted(found: Strata, labels: list[str], place: int) -> Counter[str]:
    return Counter(found.people[label][place] for label in labels)


def kept(found: Strata, seats: int, labels: list[str]) -> bool:
    """Whether these people meet all quotas."""
    return all(q.least <= counted(found, labels, q.place)[q.value] <= q.most for q in strata.quotas(found, seats))


def test_quotas_are_met_whatever_the_pool() -> None:
    dice = Random("quotas")
    for _ in range(400):
        found, seats = some(dice)
        labels = chosen(document(found, seats), dice.randbytes(32))
        assert len(labels) == len(set(labels)) == seats
        assert kept(found, seats, labels), found


def test_of_one_or_two_categories_each_value_has_its_share_rounded_down_or_up() -> None:
    dice = Random("shares")
    for _ in range(200):
        found, seats = some(dice)
        for q in strata.quotas(found, seats):
            share = Fraction(seats * q.n, len(found.people))
            assert q.least <= share <= q.most
            assert q.place > 1 or q.most - q.least == (share.denominator > 1)


def expected(found: Strata, flows: Counter[Arc]) -> dict[strata.Values, Fraction]:
    """How many of each combination serve on average, over all that chance can do from here on."""
    whole = len(found.people)
    loose = sorted(arc for arc, flow in flows.items() if flow % whole)
    if not loose:
        return {values: Fraction(flows[strata.crossing(values)], whole) for values in found.alike}
    around = strata.ring(loose)
    up, down = strata.rooms(flows, around, whole)
    forth, back = expected(found, pushed(flows, around, up)), expected(found, pushed(flows, around, -down))
    return {values: (down * forth[values] + up * back[values]) / (up + down) for values in found.alike}


def pushed(flows: Counter[Arc], around: list[tuple[Arc, int]], push: int) -> Counter[Arc]:
    return Counter({**flows, **{arc: flows[arc] + sign * push for arc, sign in around}})


def test_everybodys_chance_is_exactly_the_same() -> None:
    """Worked out in fractions, over every way in which chance can fall."""
    dice = Random("fair")
    for _ in range(60):
        found, seats = some(dice, most=7)
        shares = expected(found, strata.flows_of(found, seats))
        assert {Fraction(shares[values], len(alike)) for values, alike in found.alike.items()} == {
            Fraction(seats, len(found.people))
        }


def drawn(found: Strata, seats: int) -> Counter[str]:
    """How often each was chosen in many draws."""
    written = document(found, seats)
    return Counter(label for n in range(DRAWS) for label in chosen(written, sha256(n.to_bytes(4, "big")).digest()))


def test_many_draws_are_unremarkable_among_those_who_are_alike() -> None:
    """Five in the North, five in the South, one seat for each: both are fair draws of one in five."""
    found = Strata(("site",), {f"tg:{n}": ("North" if n % 2 else "South",) for n in range(10)})
    times = drawn(found, 2)
    for labels in found.alike.values():
        assert 0.2 < sum((times[label] - DRAWS / 5) ** 2 / (DRAWS / 5) for label in labels) < RARE


def test_many_draws_are_unremarkable_between_those_who_are_not() -> None:
    """A lone person of the West has the chance of everybody else, though the quotas hold in each draw."""
    sites = ["North"] * 6 + ["South"] * 4 + ["West"]
    found = Strata(("site", "gender"), {f"tg:{n}": (site, "wm-"[n % 3]) for n, site in enumerate(sites)})
    fair, times = DRAWS * 3 / 11, drawn(found, 3)
    assert len(times) == 11
    assert all(abs(n - fair) < 4 * (fair * 8 / 11) ** 0.5 for n in times.values()), times


def test_the_same_document_and_chance_choose_the_same_people() -> None:
    found, seats = some(Random("twice"))
    again = Strata(found.categories, dict(reversed(list(found.people.items()))))
    assert document(found, seats) == document(again, seats)
    assert chosen(document(found, seats), bytes(32)) == chosen(document(again, seats), bytes(32))


def test_who_is_chosen_comes_first_of_those_who_are_alike() -> None:
    dice = Random("first")
    for _ in range(50):
        found, seats = some(dice)
        chance, written = dice.randbytes(32), document(found, seats)
        labels = chosen(written, chance)
        order = lots.order(written, chance)
        assert labels == sorted(labels, key=order.index)
        for alike in found.alike.values():
            ranked = sorted(alike, key=order.index)
            assert set(labels) & set(alike) == set(ranked[: len(set(labels) & set(alike))])


@pytest.mark.parametrize("value", ["60+", "Ñuñoa", "a b", "x\nquota: y", "a/b", "-x", "--- receipt", "צפון"])
def test_the_document_is_read_as_it_was_written(value: str) -> None:
    found = Strata((strata.written("age-group"),), {"tg:1": (strata.written(value),), "tg:2": ("-",)})
    written = document(found, 1)
    assert written.isascii()
    assert written.count("\n") == 16
    assert strata.read(written) == found
    assert strata.shown(found.people["tg:1"][0]) == value


def test_a_draw_that_is_not_balanced_has_no_strata() -> None:
    assert strata.read(lots.pool_document(lots.Pool(1, "tg:-1", "balance: site", 1, "hat: 0", NOON, ("tg:1",)))) is None


# who is next


def site(**people: str) -> Strata:
    return Strata(("site",), {name: (where,) for name, where in people.items()})


def test_a_seat_goes_to_the_next_whom_the_quotas_allow() -> None:
    """Two North, three South, one West; three seats: North 1, South 1 or 2, West 0 or 1."""
    found = site(a="N", b="N", c="S", d="S", e="S", f="W")
    assert [(q.value, q.least, q.most) for q in strata.quotas(found, 3)] == [("N", 1, 1), ("S", 1, 2), ("W", 0, 1)]
    assert strata.another(found, 3, ["a", "c"], ["b", "e", "d"]) == "e"
    assert strata.another(found, 3, ["c", "f"], ["d", "b"]) == "b", "one of the North is still missing"
    assert strata.another(found, 3, ["c"], ["f", "b"]) == "f", "there is a seat left for the North"


def test_a_seat_goes_to_the_next_in_order_where_the_quotas_allow_nobody() -> None:
    found = site(a="N", b="N", c="S", d="S", e="S", f="W")
    assert strata.another(found, 3, ["c", "d"], ["f", "e"]) == "f"
    assert strata.another(found, 3, ["c", "d"], []) is None


def test_followers_keep_the_quotas_for_as_long_as_somebody_can() -> None:
    dice = Random("follow")
    for _ in range(200):
        found, seats = some(dice)
        serving = chosen(document(found, seats), dice.randbytes(32))
        gone = dice.choice(serving)
        waiting = dice.sample(sorted(found.people.keys() - set(serving)), len(found.people) - seats)
        rest = [label for label in serving if label != gone]
        follower = strata.another(found, seats, rest, waiting)
        possible = [label for label in waiting if kept(found, seats, [*rest, label])]
        assert follower == next(iter(possible or waiting), None)


def test_a_large_pool_of_many_combinations_takes_no_time() -> None:
    """Two hundred combinations among five thousand people: steps are as many as the net has arcs, at most."""
    dice, steps = Random("large"), list[int]()
    found = Strata(("a", "b"), {f"tg:{n}": (f"{dice.randrange(20)}", f"{dice.randrange(10)}") for n in range(5_000)})
    strata.shared_out(found, 30, lambda step: steps.append(step) or dice.getrandbits(256))  # type: ignore[func-returns-value]
    assert len(found.alike) == 200
    assert len(steps) <= len(strata.flows_of(found, 30)) == 230
