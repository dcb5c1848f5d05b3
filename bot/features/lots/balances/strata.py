"""A balanced draw as arithmetic (balance-v1): who is alike, what quotas follow, and who is asked first. Pure.

Each person carries seats/pool of a seat along a way through a net: from the root to the value of the first category, on to
that of the third within it, then to those of the fourth and the second, and to the other root. What flows through an arc is
the fair share of all who go through it. Chance makes every arc's flow whole, up or down, so that nobody's share changes on
average: quotas hold, and everybody's chance is the same.
"""

import hmac
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from urllib.parse import quote, unquote

UNSTATED = "-"  # of whoever has no label: no label can be it
Values = tuple[str, ...]  # one for each category, as the pool document writes them
Node = tuple[str, ...]
Arc = tuple[Node, Node]


@dataclass(frozen=True)
class Strata:
    """Who has which labels, of those that a draw is balanced by. All texts are as the pool document writes them."""

    categories: Values
    people: Mapping[str, Values]  # by label of the ticket

    @cached_property
    def alike(self) -> dict[Values, list[str]]:
        """Those of one combination, in the order of the pool document."""
        found: dict[Values, list[str]] = {values: [] for values in sorted(set(self.people.values()))}
        for label in sorted(self.people):
            found[self.people[label]].append(label)
        return found

    def part_of(self, label: str) -> str:
        """Names the combination, without telling it."""
        return f"s{list(self.alike).index(self.people[label])}"


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of one value are to serve."""

    place: int  # of the category
    value: str
    least: int
    most: int
    n: int  # in the pool


def written(text: str) -> str:
    """ASCII without spaces, whatever it was."""
    return quote(text, safe="")


def shown(text: str) -> str:
    return unquote(text)


def quotas(strata: Strata, seats: int) -> list[Quota]:
    """Of each value its share of the seats, rounded down and up; from the third category on, within that before the last."""
    pool, within = len(strata.people), defaultdict[tuple[int, str], list[int]](list)
    for (place, value, _), n in counted(strata).items():
        within[place, value].append(n)
    return [
        Quota(place, value, sum(seats * n // pool for n in ns), sum(-(-seats * n // pool) for n in ns), sum(ns))
        for (place, value), ns in sorted(within.items())
    ]


def counted(strata: Strata) -> Counter[tuple[int, str, Values]]:
    """How many have each value, within each way to it."""
    found: Counter[tuple[int, str, Values]] = Counter()
    for values, labels in strata.alike.items():
        for place, value in enumerate(values):
            found[place, value, values[place % 2 : place : 2]] += len(labels)
    return found


def lines(strata: Strata, seats: int) -> tuple[str, ...]:
    """What the pool document says of it; of each person on a line of their own, so that it can be forgotten."""
    return (
        f"balance: {' '.join(strata.categories)}",
        *(f"quota: {strata.categories[q.place]} {q.value} {q.least}-{q.most} of {q.n}" for q in quotas(strata, seats)),
        *(f"labels: {label} {' '.join(strata.people[label])}" for label in sorted(strata.people)),
    )


def read(document: str) -> Strata | None:
    """Of a pool document; None if it is not balanced."""
    head = [line.split() for line in document.partition("\n---\n")[0].split("\n")]
    categories = next((tuple(words[1:]) for words in head if words[:1] == ["balance:"]), None)
    if categories is None:
        return None
    return Strata(categories, {words[1]: tuple(words[2:]) for words in head if words[:1] == ["labels:"]})


# who is asked first


def chosen(strata: Strata, seats: int, order: Sequence[str], key: bytes) -> list[str]:
    """The labels, in drawn order. `key`: of the draw, from which each step's chance is expanded."""
    takes = shared_out(strata, seats, lambda step: int.from_bytes(hmac.digest(key, b"balance %d\x01" % step, "sha256")))
    taken: Counter[Values] = Counter()
    found = []
    for label in order:
        values = strata.people[label]
        if taken[values] < takes[values]:
            taken[values] += 1
            found.append(label)
    return found


def shared_out(strata: Strata, seats: int, roll: Callable[[int], int]) -> dict[Values, int]:
    """How many of each combination. `roll`: of a step, a number below 2**256 that chance gives."""
    whole, flows = len(strata.people), flows_of(strata, seats)
    step = 0
    while loose := sorted(arc for arc, flow in flows.items() if flow % whole):
        around = ring(loose)
        up, down = rooms(flows, around, whole)
        push = up if roll(step) * (up + down) < down << 256 else -down
        for arc, sign in around:
            flows[arc] += sign * push
        step += 1
    return {values: flows[crossing(values)] // whole for values in strata.alike}


def flows_of(strata: Strata, seats: int) -> Counter[Arc]:
    """In parts of a seat, as many to a seat as the pool has people."""
    flows: Counter[Arc] = Counter()
    for values, labels in strata.alike.items():
        for arc in pairwise(way(values)):
            flows[arc] += seats * len(labels)
    return flows


def way(values: Values) -> list[Node]:
    first, second = values[::2], values[1::2]
    down = [("+", *first[:n]) for n in range(len(first) + 1)]
    return down + [("-", *second[:n]) for n in range(len(second), -1, -1)]


def crossing(values: Values) -> Arc:
    return ("+", *values[::2]), ("-", *values[1::2])


def ring(loose: Sequence[Arc]) -> list[tuple[Arc, int]]:
    """From the first loose arc on, at each node by the first one but that just come by; the part that comes round, with signs."""
    touching = defaultdict(list)
    for arc in loose:
        for node in arc:
            touching[node].append(arc)
    node, came, seen = loose[0][0], None, dict[Node, int]()
    walked: list[tuple[Arc, int]] = []
    while node not in seen:
        seen[node] = len(walked)
        came = next(arc for arc in touching[node] if arc != came)
        walked.append((came, 1 if came[0] == node else -1))
        node = came[1] if came[0] == node else came[0]
    return walked[seen[node] :]


def rooms(flows: Mapping[Arc, int], around: Iterable[tuple[Arc, int]], whole: int) -> tuple[int, int]:
    """How much more can go around before some flow is whole, and how much less."""
    forth = [(sign * flows[arc]) % whole for arc, sign in around]
    return whole - max(forth), min(forth)


# who is next


def another(strata: Strata, seats: int, serving: Sequence[str], waiting: Sequence[str]) -> str | None:
    """Who gets a seat when nobody with its labels is left: the first in order whom the quotas allow, else the first."""
    bounds = quotas(strata, seats)
    allowed = (label for label in waiting if allows(strata, bounds, seats, [*serving, label]))
    return next(allowed, None) or next(iter(waiting), None)


def allows(strata: Strata, bounds: Sequence[Quota], seats: int, serving: Sequence[str]) -> bool:
    """No value has more than its most, and there are seats left for all that still have less than their least."""
    counts = Counter((place, strata.people[label][place]) for label in serving for place in range(len(strata.categories)))
    missing: Counter[int] = Counter()
    for bound in bounds:
        missing[bound.place] += max(bound.least - counts[bound.place, bound.value], 0)
    over = any(counts[bound.place, bound.value] > bound.most for bound in bounds)
    return not over and all(n <= seats - len(serving) for n in missing.values())
