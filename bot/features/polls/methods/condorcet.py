"""Condorcet voting: who would beat each other option in a duel wins; in a circle Schulze's strongest paths decide. Pure.

Markus Schulze, "The Schulze Method of Voting" (arxiv.org/abs/1804.02973), strength of a link: its winning votes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import permutations
from operator import itemgetter

from bot.features.polls.methods.ballots import Count, Grouped, Step, marked, places
from bot.features.polls.methods.choosing import choose, won

Pairs = dict[tuple[int, int], int]
FIELD = 40  # bits for one figure of a packed row


def count_pairs(ballots: Grouped, options: int, order: Sequence[int] = ()) -> Count:
    all_of_them = places(options)
    pairs = preferred(ballots, options)
    duels = {a: sum(pairs[a, b] > pairs[b, a] for b in all_of_them if b != a) for a in all_of_them}
    if not marked(ballots):
        return Count(marked(ballots), duels)
    beats_all = tuple(place for place in all_of_them if duels[place] == options - 1)
    step = Step("duels", duels, beats_all, pairs=pairs)
    if beats_all:
        return Count(marked(ballots), duels, beats_all, steps=(step,))
    return by_paths(ballots, pairs, all_of_them, step, order)


def by_paths(ballots: Grouped, pairs: Pairs, options: range, duels: Step, order: Sequence[int]) -> Count:
    """Who is beaten by nobody over paths; several may be, and then lots decide."""
    paths = strongest(pairs, options)
    beaten = {a: sum(paths[b, a] > paths[a, b] for b in options if b != a) for a in options}
    unbeaten = {a: int(not beaten[a]) for a in options}
    chosen = choose(options, 1, [("paths", lambda _: unbeaten)], order)
    (step,) = chosen.steps
    return won(marked(ballots), duels.figures, replace(chosen, steps=(replace(step, pairs=paths),)), (duels,))


def preferred(ballots: Grouped, options: int) -> Pairs:
    """(a, b) -> ballots that rank a before b; an option without a rank comes after all that have one.

    A row of the table is one whole number with a field for each option, so that a ballot adds a row at once.
    """
    unit = {place: 1 << FIELD * (place - 1) for place in places(options)}
    rows, everyone = dict.fromkeys(unit, 0), sum(unit.values())
    for marks, n in ballots.items():
        after = n * everyone
        for place, _ in sorted(marks, key=itemgetter(1)):
            after -= n * unit[place]
            rows[place] += after
    mask = (1 << FIELD) - 1
    return {(a, b): rows[a] >> FIELD * (b - 1) & mask for a, b in permutations(unit, 2)}


def strongest(pairs: Pairs, options: Iterable[int]) -> Pairs:
    """(a, b) -> the strength of the strongest path from a to b: that of its weakest link."""
    paths = {(a, b): n if n > pairs[b, a] else 0 for (a, b), n in pairs.items()}
    for via, a, b in permutations(options, 3):
        paths[a, b] = max(paths[a, b], min(paths[a, via], paths[via, b]))
    return paths
