"""Ballots and what comes of counting them, as plain values; options are numbered from 1, as on the board."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Marks = Mapping[int, int]  # option's number -> mark; what a mark means is the method's business
Frozen = tuple[tuple[int, int], ...]  # the same as a key: sorted pairs
Grouped = Mapping[Frozen, int]  # marks -> how many ballots are marked exactly so
Figures = Mapping[int, int]  # option's number -> votes, points, duels won …

BEST_SCORE, POINTS = 5, 10
YES, IF_NEED_BE, NO = 2, 1, 0

StepKind = Literal["tally", "yeses", "scores", "preferences", "top scores", "run-off", "round", "duels", "paths"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a count: a row of figures, and what it decided.

    `ahead` go on, or win; `out`: who leaves a round. `tied`: level where it mattered, so that the next step decides among them, or
    lots; `by_lot`: lots did, in this very step. `idle`: ballots without a say in it. `pairs`: (a, b) -> ballots that prefer a to b,
    or the strength of the strongest path from a to b.
    """

    kind: StepKind
    figures: Figures
    ahead: tuple[int, ...] = ()
    out: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()
    by_lot: bool = False
    idle: int = 0
    pairs: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    """What comes of the ballots.

    `figures` are an option's votes (ranked: in the last round that it was in), approvals, points, duels won, or those who can come.
    `winners`: none while a tie has to be decided, if nobody voted, and in a sign-up, which nobody wins.
    `tied`: the options among which lots have to decide now, at this step of the count; count again with the order that was drawn.
    """

    ballots: int
    figures: Figures
    winners: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()
    steps: tuple[Step, ...] = ()


def frozen(marks: Marks) -> Frozen:
    return tuple(sorted(marks.items()))


def grouped(ballots: Iterable[Marks]) -> Counter[Frozen]:
    """Ballots marked alike, counted together."""
    return Counter(map(frozen, ballots))


def places(options: int) -> range:
    """The numbers of so many options."""
    return range(1, options + 1)


def marked(ballots: Grouped) -> int:
    """How many ballots say anything."""
    return sum(n for marks, n in ballots.items() if marks)


def decided(tied: Sequence[int], order: Sequence[int]) -> tuple[int, ...]:
    """Those tied, in drawn order; nothing if the order does not hold them all."""
    return tuple(place for place in order if place in tied) if set(tied) <= set(order) else ()
