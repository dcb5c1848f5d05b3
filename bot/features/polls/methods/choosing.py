"""Who is ahead by one measure, and among those level by the next; where none tells them apart, by a drawn order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.features.polls.methods.ballots import Count, Figures, Step, StepKind, decided

Pool = tuple[int, ...]
Measure = tuple[StepKind, Callable[[Pool], Figures]]  # its name, and the figures of these options


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who takes the seats, best first; `tied`: those among whom lots have to decide before the seats are full."""

    ahead: Pool
    tied: Pool
    steps: tuple[Step, ...]


def choose(pool: Iterable[int], seats: int, measures: Sequence[Measure], order: Sequence[int]) -> Chosen:
    waiting, ahead, steps = tuple(sorted(pool)), Pool(), list[Step]()
    for kind, measure in measures:
        figures = measure(waiting)
        through, waiting = first_ones(figures, waiting, seats - len(ahead))
        ahead += through
        steps.append(Step(kind, figures, through, tied=waiting))
        if not waiting:
            break
    drawn = decided(waiting, order)[: seats - len(ahead)]
    if drawn:
        steps[-1] = replace(steps[-1], ahead=steps[-1].ahead + drawn, by_lot=True)
    return Chosen(ahead + drawn, () if drawn else waiting, tuple(steps))


def first_ones(figures: Figures, pool: Pool, seats: int) -> tuple[Pool, Pool]:
    """Those who surely take one of the seats, best first, and those who are level for what is left of them."""
    ahead = Pool()
    for level in levels(figures, pool):
        if len(ahead) == seats:
            break
        if len(ahead) + len(level) > seats:
            return ahead, level
        ahead += level
    return ahead, ()


def levels(figures: Figures, pool: Pool) -> list[Pool]:
    """The options by falling figure; those with the same figure together."""
    return [tuple(place for place in pool if figures[place] == n) for n in sorted({figures[place] for place in pool}, reverse=True)]


def won(ballots: int, figures: Figures, chosen: Chosen, before: Sequence[Step] = ()) -> Count:
    winners = () if chosen.tied else chosen.ahead
    return Count(ballots, figures, winners, chosen.tied, (*before, *chosen.steps))
