"""Counting by adding up: single choice, approval, dots, dates and sign-ups. Pure."""

from collections.abc import Sequence

from bot.features.polls.methods.ballots import NO, YES, Count, Figures, Grouped, Step, marked, places
from bot.features.polls.methods.choosing import Measure, choose, won


def count_votes(ballots: Grouped, options: int, order: Sequence[int] = ()) -> Count:
    """Most votes, or most points, win."""
    return most(ballots, added_up(ballots, options), [], order)


def count_dates(ballots: Grouped, options: int, order: Sequence[int] = ()) -> Count:
    """The date at which most can come wins, be it only if need be; among such dates, the one with most plain yeses."""
    can, gladly = dict.fromkeys(places(options), 0), dict.fromkeys(places(options), 0)
    for marks, n in ballots.items():
        for place, mark in marks:
            can[place] += n * (mark > NO)
            gladly[place] += n * (mark == YES)
    return most(ballots, can, [("yeses", lambda pool: {place: gladly[place] for place in pool})], order)


def count_names(ballots: Grouped, options: int, order: Sequence[int] = ()) -> Count:
    """Nobody wins a sign-up."""
    figures = added_up(ballots, options)
    return Count(marked(ballots), figures, steps=(Step("tally", figures),))


def added_up(ballots: Grouped, options: int) -> dict[int, int]:
    figures = dict.fromkeys(places(options), 0)
    for marks, n in ballots.items():
        for place, mark in marks:
            figures[place] += n * mark
    return figures


def most(ballots: Grouped, figures: Figures, then: Sequence[Measure], order: Sequence[int]) -> Count:
    """The option with the highest figure wins; nobody does where there is not one vote."""
    if not any(figures.values()):
        return Count(marked(ballots), figures, steps=(Step("tally", figures),))
    return won(marked(ballots), figures, choose(figures, 1, [("tally", lambda _: figures), *then], order))
