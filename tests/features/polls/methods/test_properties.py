"""What holds of every count, whatever the ballots."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import permutations

import pytest
import starvote
from hypothesis import given
from hypothesis import strategies as st

from bot.features.polls.methods import METHODS, Count, grouped
from bot.refusal import Refused

OPTIONS = 4
PLACES = list(range(1, OPTIONS + 1))
Ballot = dict[int, int]
NAMES = ("single", "several", "score", "ranked", "condorcet", "dots", "time")


def ranking(order: Sequence[int]) -> Ballot:
    return {place: rank for rank, place in enumerate(order, 1)}


RANKINGS = st.lists(st.sampled_from(PLACES), min_size=1, unique=True).map(ranking)
BALLOTS: dict[str, st.SearchStrategy[Ballot]] = {
    "single": st.sampled_from(PLACES).map(lambda place: {place: 1}),
    "several": st.sets(st.sampled_from(PLACES), min_size=1).map(lambda chosen: dict.fromkeys(chosen, 1)),
    "score": st.fixed_dictionaries(dict.fromkeys(PLACES, st.integers(0, 5))),
    "ranked": RANKINGS,
    "condorcet": RANKINGS,
    "dots": st.dictionaries(st.sampled_from(PLACES), st.integers(0, 2), min_size=1),
    "time": st.dictionaries(st.sampled_from(PLACES), st.integers(0, 2), min_size=1),
}
CASES = st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), st.lists(BALLOTS[name], min_size=1, max_size=12)))
ORDERS = st.permutations(PLACES)


def count(name: str, ballots: Sequence[Ballot], order: Sequence[int] = ()) -> Count:
    return METHODS[name].count(ballots, OPTIONS, order)


@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_does_not_matter(case: tuple[str, list[Ballot]], rng: object) -> None:
    name, ballots = case
    shuffled = list(ballots)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert count(name, ballots) == count(name, shuffled)


@given(CASES, ORDERS, ORDERS)
def test_names_do_not_matter(case: tuple[str, list[Ballot]], names: list[int], order: list[int]) -> None:
    name, ballots = case
    new = dict(zip(PLACES, names, strict=True))
    renamed = [{new[place]: mark for place, mark in ballot.items()} for ballot in ballots]
    before, after = count(name, ballots), count(name, renamed)
    assert {new[place] for place in before.tied} == set(after.tied)
    resolved = count(name, ballots, order).winners
    assert tuple(new[place] for place in resolved) == count(name, renamed, [new[place] for place in order]).winners


@given(CASES, ORDERS)
def test_an_order_of_all_options_settles_every_tie(case: tuple[str, list[Ballot]], order: list[int]) -> None:
    name, ballots = case
    plain, settled = count(name, ballots), count(name, ballots, order)
    if any(mark for ballot in ballots for mark in ballot.values()):
        assert len(settled.winners) == 1
        assert settled.tied == ()
    assert bool(plain.winners) != bool(plain.tied) or not settled.winners
    assert not plain.winners or plain == settled


@given(CASES)
def test_a_tie_is_among_options_with_equal_figures(case: tuple[str, list[Ballot]]) -> None:
    name, ballots = case
    result = count(name, ballots)
    if result.tied:
        last = result.steps[-1]
        assert last.tied == result.tied
        assert len(result.tied) > 1
        assert len({last.figures[place] for place in result.tied}) == 1


@given(st.lists(RANKINGS, min_size=1, max_size=12))
def test_who_wins_every_duel_wins_by_duels(ballots: list[Ballot]) -> None:
    def beats(a: int, b: int) -> bool:
        margin = [ballot.get(a, 99) < ballot.get(b, 99) for ballot in ballots].count(True)
        return margin > [ballot.get(b, 99) < ballot.get(a, 99) for ballot in ballots].count(True)

    champions = [a for a in PLACES if all(beats(a, b) for b in PLACES if b != a)]
    assert not champions or count("condorcet", ballots).winners == tuple(champions)


@given(st.lists(RANKINGS, min_size=1, max_size=12), ORDERS)
def test_the_votes_of_a_round_and_those_that_ran_out_are_all_ballots(ballots: list[Ballot], order: list[int]) -> None:
    for step in count("ranked", ballots, order).steps:
        assert sum(step.figures.values()) + step.idle == len(ballots)
    assert Fraction(max(step.figures.values())) * 2 >= sum(step.figures.values())


@given(st.sampled_from(["single", "several", "score"]), st.data())
def test_a_ballot_like_another_for_the_winner_alone_never_hurts(name: str, data: st.DataObject) -> None:
    ballots = data.draw(st.lists(BALLOTS[name], min_size=1, max_size=12))
    for winner in count(name, ballots).winners:
        more = [*ballots, dict.fromkeys(PLACES, 0) | {winner: 5} if name == "score" else {winner: 1}]
        assert count(name, more).winners == (winner,)


def run_off_slowly(ballots: list[Ballot], order: Sequence[int]) -> int:
    """One leaves at a time, the last in order among the fewest, until one is left."""
    left = list(PLACES)
    while len(left) > 1:
        firsts = [min((p for p in ballot if p in left), key=lambda p: ballot[p], default=0) for ballot in ballots]
        fewest = min(map(firsts.count, left))
        left.remove(max((p for p in left if firsts.count(p) == fewest), key=order.index))
    return left[0]


def schulze_slowly(ballots: list[Ballot]) -> set[int]:
    """Every path there is, each as strong as its weakest link."""

    def link(a: int, b: int) -> int:
        ab = sum(ballot.get(a, 99) < ballot.get(b, 99) for ballot in ballots)
        return ab if ab > sum(ballot.get(b, 99) < ballot.get(a, 99) for ballot in ballots) else 0

    def strength(a: int, b: int) -> int:
        others = [place for place in PLACES if place not in {a, b}]
        paths = [(a, *via, b) for n in range(len(others) + 1) for via in permutations(others, n)]
        return max(min(map(link, path, path[1:])) for path in paths)

    return {a for a in PLACES if all(strength(a, b) >= strength(b, a) for b in PLACES if b != a)}


@given(st.lists(RANKINGS, min_size=1, max_size=12), ORDERS)
def test_a_run_off_agrees_with_one_that_takes_one_out_at_a_time(ballots: list[Ballot], order: list[int]) -> None:
    assert count("ranked", ballots, order).winners == (run_off_slowly(ballots, order),)


@given(st.lists(RANKINGS, min_size=1, max_size=9))
def test_duels_agree_with_all_paths_that_there_are(ballots: list[Ballot]) -> None:
    result = count("condorcet", ballots)
    assert set(result.winners or result.tied) == schulze_slowly(ballots)


@given(st.lists(BALLOTS["score"], min_size=1, max_size=9))
def test_star_agrees_with_starvote(ballots: list[Ballot]) -> None:
    """An independent library, which says of what it cannot settle by STAR's protocol that it cannot."""
    result = count("score", ballots)
    if not any(result.figures.values()):
        return
    theirs = star_by_library(ballots)
    assert (result.winners or result.tied) == theirs


def star_by_library(ballots: list[Ballot]) -> tuple[int, ...]:
    """The winner, or those tied."""
    named = [{str(place): score for place, score in ballot.items()} for ballot in ballots]
    try:
        found = starvote.election(starvote.star, named, tiebreaker=None, verbosity=0)
    except starvote.UnbreakableTieError as tie:
        found = tie.candidates
    return tuple(sorted(map(int, found)))


@pytest.mark.parametrize("name", NAMES)
def test_nobody_wins_without_a_vote(name: str) -> None:
    assert (count(name, []).winners, count(name, []).tied) == ((), ())


@given(CASES)
def test_ballots_may_come_in_groups(case: tuple[str, list[Ballot]]) -> None:
    name, ballots = case
    assert METHODS[name].count_grouped(grouped(ballots), OPTIONS, ()) == count(name, ballots)


CHECKED: list[tuple[str, Ballot, int | None]] = [
    ("single", {1: 1, 2: 1}, None), ("single", {1: 2}, None), ("several", {1: 1, 2: 1}, 1), ("score", {1: 6}, None),
    ("score", {1: -1}, None), ("ranked", {1: 1, 2: 1}, None), ("condorcet", {1: 2}, None), ("dots", {1: 11}, None),
    ("dots", {1: 3}, 2), ("dots", {1: -1}, None), ("time", {1: 3}, None), ("sign-up", {5: 1}, None), ("single", {}, None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "marks", "limit"), CHECKED)
def test_ballots_that_do_not_fit_are_refused(name: str, marks: Ballot, limit: int | None) -> None:
    check: Callable[[Ballot, int, int | None], None] = METHODS[name].check
    with pytest.raises(Refused):
        check(marks, OPTIONS, limit)
