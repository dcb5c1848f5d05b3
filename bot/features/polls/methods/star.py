"""Score voting with STAR: the two best scores go into a run-off, which whoever more voters scored higher wins. Pure.

Ties are settled as STAR's own protocol has it (starvoting.org/ties): in the scoring round by preferences among those tied, then by
top scores; in the run-off by the total, then by top scores; and only then by lots.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.polls.methods.ballots import BEST_SCORE, Count, Figures, Grouped, marked, places
from bot.features.polls.methods.choosing import Pool, choose, won
from bot.features.polls.methods.tallies import added_up


def count_scores(ballots: Grouped, options: int, order: Sequence[int] = ()) -> Count:
    totals = added_up(ballots, options)
    if not any(totals.values()):
        return Count(marked(ballots), totals)

    def total(pool: Pool) -> Figures:
        return {place: totals[place] for place in pool}

    def preferred(pool: Pool) -> Figures:
        return preferences(ballots, pool)

    def tops(pool: Pool) -> Figures:
        return top_scores(ballots, pool)

    finalists = choose(places(options), 2, [("scores", total), ("preferences", preferred), ("top scores", tops)], order)
    if finalists.tied or options == 1:
        return won(marked(ballots), totals, finalists)
    run_off = choose(finalists.ahead, 1, [("run-off", preferred), ("scores", total), ("top scores", tops)], order)
    voted = marked(ballots)
    first, *rest = run_off.steps
    duel = replace(first, idle=voted - sum(first.figures.values()))
    return won(voted, totals, replace(run_off, steps=(duel, *rest)), finalists.steps)


def preferences(ballots: Grouped, pool: Pool) -> dict[int, int]:
    """For each of these: how often a ballot scores it higher than another of them."""
    figures = dict.fromkeys(pool, 0)
    for marks, n in ballots.items():
        scores = dict(marks)
        given = [scores.get(place, 0) for place in pool]
        for place, score in zip(pool, given, strict=True):
            figures[place] += n * sum(score > other for other in given)
    return figures


def top_scores(ballots: Grouped, pool: Pool) -> dict[int, int]:
    figures = dict.fromkeys(pool, 0)
    for marks, n in ballots.items():
        for place, score in marks:
            if score == BEST_SCORE and place in figures:
                figures[place] += n
    return figures
