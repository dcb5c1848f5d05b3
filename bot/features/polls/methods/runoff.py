"""Ranked voting with an instant run-off: round by round the last one leaves, and its ballots go to their next choice. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from bot.features.polls.methods.ballots import Count, Frozen, Grouped, Step, decided, marked, places
from bot.features.polls.methods.choosing import levels

Pile = list[tuple[Iterator[int], int]]  # ballots: the choices that are left on them, and how many they are


@dataclass(slots=True)
class Table:
    """The piles of those still in, and how many ballots have run out of choices."""

    piles: dict[int, Pile]
    votes: dict[int, int]
    idle: int = 0
    last: dict[int, int] = field(default_factory=dict)  # the votes of those who left, when they did

    def put(self, choices: Iterator[int], n: int) -> None:
        """Ballots go to the next of their choices that is still in."""
        for place in choices:
            if place in self.piles:
                self.piles[place].append((choices, n))
                self.votes[place] += n
                return
        self.idle += n

    def take_out(self, leaving: Sequence[int]) -> None:
        piles = [self.piles.pop(place) for place in leaving]
        self.last |= {place: self.votes.pop(place) for place in leaving}
        for choices, n in (ballots for pile in piles for ballots in pile):
            self.put(choices, n)


def count_ranks(ballots: Grouped, options: int, order: Sequence[int] = ()) -> Count:
    table = Table({place: [] for place in places(options)}, dict.fromkeys(places(options), 0))
    for marks, n in ballots.items():
        if marks:
            table.put(iter(by_rank(marks)), n)
    rounds = list(play(table, order)) if any(table.votes.values()) else []
    tied = rounds[-1].tied if rounds and not rounds[-1].by_lot else ()
    winners = rounds[-1].ahead if rounds else ()
    return Count(marked(ballots), dict(sorted({**table.last, **table.votes}.items())), winners, tied, tuple(rounds))


def by_rank(marks: Frozen) -> list[int]:
    return [place for place, _ in sorted(marks, key=itemgetter(1))]


def play(table: Table, order: Sequence[int]) -> Iterator[Step]:
    """The rounds: until one has more than half of the ballots that still count, or lots have to decide who leaves."""
    while True:
        votes, idle = dict(table.votes), table.idle
        leader = max(votes, key=lambda place: votes[place])
        if 2 * votes[leader] > sum(votes.values()):
            yield Step("round", votes, (leader,), idle=idle)
            return
        leaving, tied = last_ones(votes, order)
        ahead = tuple(place for place in votes if place not in leaving) if tied and leaving and len(votes) == 2 else ()
        yield Step("round", votes, ahead, leaving, tied, bool(tied and leaving), idle)
        if ahead or not leaving:
            return
        table.take_out(leaving)


def last_ones(votes: dict[int, int], order: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who leaves, and who is tied for it.

    Those with the fewest votes leave together if all their votes could not lift one of them to the next: in whatever order they
    left, all of them would. If they could, one leaves: by lots, the last in the drawn order.
    """
    *others, last = levels(votes, tuple(votes))
    if len(last) == 1 or (others and sum(votes[place] for place in last) < votes[others[-1][0]]):
        return last, ()
    return decided(last, order)[-1:], last
