"""Who is asked first in a balanced draw, by a receipt that draw.py has found to hold: python3 balanced.py D-17-receipt.txt"""

import hmac
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

Values = tuple[str, ...]
Arc = tuple[Values, Values]
OURS = (["balance:"], ["quota:"], ["labels:"])


def asked(receipt: str) -> list[str]:
    """Their labels, in drawn order; nothing if it is not balanced. AssertionError: its quotas do not follow from its pool."""
    head, labels, rest = re.split(r"\n---(?: receipt)?\n", receipt, maxsplit=2)
    said = [line.split() for line in head.split("\n")]
    if (names := next((words[1:] for words in said if words[:1] == ["balance:"]), None)) is None:
        return []
    who = {words[1]: tuple(words[2:]) for words in said if words[:1] == ["labels:"]}
    seats = next(int(words[1]) for words in said if words[:1] == ["seats:"])
    fits = sorted(who) == labels.split("\n") and all(len(values) == len(names) for values in who.values())
    if not fits or [words for words in said if words[:1] in OURS] != lines(names, who, seats):
        raise AssertionError("its quotas do not follow from its pool")
    facts = dict(line.split(": ", 1) for line in rest.split("\n") if ": " in line)
    key = hmac.digest(bytes.fromhex(facts["pool-sha256"]), bytes.fromhex(facts["chance"]), "sha256")
    left, found = places(who, seats, key), []
    for label in facts["order"].split(" > "):
        found += [label] * (left[who[label]] > 0)
        left[who[label]] -= 1
    return found


def lines(names: list[str], who: dict[str, Values], seats: int) -> list[list[str]]:
    """All that the pool document is to say of it."""
    return [["balance:", *names], *quotas(names, who, seats), *(["labels:", label, *who[label]] for label in sorted(who))]


def quotas(names: list[str], who: dict[str, Values], seats: int) -> list[list[str]]:
    """Each value's share of the seats, rounded down and up; from the third category on, value by value of that before the last."""
    found = []
    for at, name in enumerate(names):
        for value in sorted({values[at] for values in who.values()}):
            within = Counter(values[at % 2 : at : 2] for values in who.values() if values[at] == value).values()
            least, most = (sum((seats * n + more) // len(who) for n in within) for more in (0, len(who) - 1))
            found.append(["quota:", name, value, f"{least}-{most}", "of", f"{sum(within)}"])
    return found


def places(who: dict[str, Values], seats: int, key: bytes) -> Counter[Values]:
    """How many of each combination: shares of seats flow through a net, and chance pushes them around until all are whole."""
    flow: Counter[Arc] = Counter()
    for values in who.values():
        for arc in net(values):
            flow[arc] += seats  # in parts of a seat, of which as many make one as there are people
    for step in range(len(flow)):
        loose = [arc for arc in sorted(flow) if flow[arc] % len(who)]
        if not loose:
            break
        ring = around(loose)
        over = [sign * flow[arc] % len(who) for arc, sign in ring]
        up, down = len(who) - max(over), min(over)
        rolled = int.from_bytes(hmac.digest(key, b"balance %d\x01" % step, "sha256"), "big")
        for arc, sign in ring:
            flow[arc] += sign * (up if rolled * (up + down) < down * 2**256 else -down)
    return Counter({values: flow[("+", *values[::2]), ("-", *values[1::2])] // len(who) for values in who.values()})


def net(values: Values) -> list[Arc]:
    """From the first category's root, value within value, over to the second's, and to its root."""
    one, other = ("+", *values[::2]), ("-", *values[1::2])
    return list(pairwise([*(one[: n + 1] for n in range(len(one))), *(other[: n + 1] for n in reversed(range(len(other))))]))


def around(loose: list[Arc]) -> list[tuple[Arc, int]]:
    """From the first loose arc on, always by the first but the last one; the part of the walk that comes round, with signs."""
    nodes: list[Values] = [loose[0][0]]
    walk: list[tuple[Arc, int]] = []
    while nodes[-1] not in nodes[:-1]:
        arc = next(arc for arc in loose if nodes[-1] in arc and [arc] != [last for last, _ in walk[-1:]])
        walk.append((arc, 1 if arc[0] == nodes[-1] else -1))
        nodes.append(arc[1] if arc[0] == nodes[-1] else arc[0])
    return walk[nodes.index(nodes[-1]) :]


if __name__ == "__main__":
    sys.stdout.write("\n".join(asked(Path(sys.argv[1]).read_bytes().decode("ascii"))) + "\n")
