"""A method: which ballots it takes, and how it counts them; all of them by their names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.features.polls.methods import checks
from bot.features.polls.methods.ballots import Count, Grouped, Marks, grouped
from bot.features.polls.methods.condorcet import count_pairs
from bot.features.polls.methods.runoff import count_ranks
from bot.features.polls.methods.star import count_scores
from bot.features.polls.methods.tallies import count_dates, count_names, count_votes


@dataclass(frozen=True, slots=True)
class Method:
    """`check(marks, options, limit)`: Refused where the method does not take such a ballot.

    `count_grouped(ballots, options, order)`: a count that lots have to go on with says so in `tied`; given the order that was
    drawn, first the best, it goes on from there. An order of all the poll's options settles every tie that can come.
    """

    name: str
    check: Callable[[Marks, int, int | None], None]
    count_grouped: Callable[[Grouped, int, Sequence[int]], Count]

    def count(self, ballots: Iterable[Marks], options: int, order: Sequence[int] = ()) -> Count:
        return self.count_grouped(grouped(ballots), options, order)


ALL = (
    Method("single", checks.check_single, count_votes),
    Method("several", checks.check_several, count_votes),
    Method("score", checks.check_scores, count_scores),
    Method("ranked", checks.check_ranks, count_ranks),
    Method("condorcet", checks.check_ranks, count_pairs),
    Method("dots", checks.check_dots, count_votes),
    Method("time", checks.check_dates, count_dates),
    Method("sign-up", checks.check_several, count_names),
)
ALIASES = {"approval": "several", "star": "score", "irv": "ranked", "schulze": "condorcet", "signup": "sign-up"}
BY_NAME = {method.name: method for method in ALL}
METHODS: Mapping[str, Method] = BY_NAME | {alias: BY_NAME[name] for alias, name in ALIASES.items()}
