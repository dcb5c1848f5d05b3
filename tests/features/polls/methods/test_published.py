"""Published examples of each method give the published winners."""

from collections.abc import Mapping

from bot.features.polls.methods import METHODS, Count, Grouped, frozen

NOBODY = ()


def grouped(ballots: Mapping[str, int], names: str) -> dict[tuple[tuple[int, int], ...], int]:
    """Ballots such as `ACB` -> 5: so many rank A, then C, then B."""
    return {frozen({names.index(name) + 1: rank for rank, name in enumerate(order, 1)}): n for order, n in ballots.items()}


def counted(method: str, ballots: Grouped, names: str) -> Count:
    return METHODS[method].count_grouped(ballots, len(names), NOBODY)


def winners(method: str, ballots: Mapping[str, int], names: str) -> str:
    count = counted(method, grouped(ballots, names), names)
    assert count.tied == ()
    return "".join(names[place - 1] for place in count.winners)


TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}  # Memphis, Nashville, Chattanooga, Knoxville
SCHULZE = {"ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8}
BURLINGTON = {  # 2009, the last three: Montroll, Kiss, Wright; as Wikipedia's article on that election has them
    "MKW": 1332, "MWK": 767, "M": 455,
    "KMW": 2043, "KWM": 371, "K": 568,
    "WMK": 1513, "WKM": 495, "W": 1289,
}  # fmt: skip


def test_tennessee_chooses_memphis_by_single_votes() -> None:
    firsts = {frozen({"MNCK".index(order[0]) + 1: 1}): n for order, n in TENNESSEE.items()}
    count = counted("single", firsts, "MNCK")
    assert (count.winners, count.figures) == ((1,), {1: 42, 2: 26, 3: 15, 4: 17})


def test_tennessee_chooses_knoxville_by_an_instant_run_off() -> None:
    count = counted("ranked", grouped(TENNESSEE, "MNCK"), "MNCK")
    assert [(dict(step.figures), step.out, step.ahead) for step in count.steps] == [
        ({1: 42, 2: 26, 3: 15, 4: 17}, (3,), ()),
        ({1: 42, 2: 26, 4: 32}, (2,), ()),
        ({1: 42, 4: 58}, (), (4,)),
    ]
    assert count.winners == (4,)


def test_tennessee_chooses_nashville_by_duels() -> None:
    count = counted("condorcet", grouped(TENNESSEE, "MNCK"), "MNCK")
    pairs = count.steps[0].pairs
    assert count.winners == (2,)
    assert (pairs[2, 1], pairs[2, 3], pairs[2, 4], pairs[3, 4], pairs[1, 3]) == (58, 68, 68, 83, 42)


def test_tennessee_chooses_nashville_by_star() -> None:
    """The scores and the outcome of Wikipedia's article on STAR voting."""
    scores = {(5, 2, 1, 0): 42, (0, 5, 2, 1): 26, (0, 3, 5, 3): 15, (0, 2, 4, 5): 17}
    ballots = {frozen(dict(enumerate(score, 1))): n for score, n in scores.items()}
    count = counted("score", ballots, "MNCK")
    assert [(step.kind, step.ahead, dict(step.figures)) for step in count.steps] == [
        ("scores", (2, 3), {1: 210, 2: 293, 3: 237, 4: 156}),
        ("run-off", (2,), {2: 68, 3: 32}),
    ]
    assert (count.winners, count.figures) == ((2,), {1: 210, 2: 293, 3: 237, 4: 156})


def test_schulzes_forty_five_voters_choose_e() -> None:
    count = counted("condorcet", grouped(SCHULZE, "ABCDE"), "ABCDE")
    assert "ABCDE"[count.winners[0] - 1] == "E"
    duels, paths = count.steps
    row = [duels.pairs[a, b] for a in range(1, 6) for b in range(1, 6) if a != b]
    assert row == [20, 26, 30, 22, 25, 16, 33, 18, 19, 29, 17, 24, 15, 12, 28, 14, 23, 27, 21, 31]
    strengths = {(a, b): n for (a, b), n in paths.pairs.items()}
    assert [strengths[5, b] for b in range(1, 5)] == [25, 28, 28, 31]
    assert [strengths[b, 5] for b in range(1, 5)] == [24, 24, 24, 24]


def test_burlington_2009_elects_kiss_by_run_off_and_montroll_by_duels() -> None:
    assert winners("ranked", BURLINGTON, "MKW") == "K"
    pairs = counted("condorcet", grouped(BURLINGTON, "MKW"), "MKW").steps[0].pairs
    assert winners("condorcet", BURLINGTON, "MKW") == "M"
    duels = {(1, 2): 4067, (2, 1): 3477, (1, 3): 4597, (3, 1): 3668, (2, 3): 4314, (3, 2): 4064}  # as Electowiki has them
    assert pairs == duels


def test_a_circle_is_decided_by_its_strongest_links() -> None:
    """Condorcet's own sixty voters (1785): A beats B with 33, B beats C with 42, C beats A with 35. The 33 are the weakest link."""
    circle = {"ABC": 23, "BCA": 17, "BAC": 2, "CAB": 10, "CBA": 8}
    assert winners("condorcet", circle, "ABC") == "B"


def test_a_perfect_circle_is_a_tie_of_all() -> None:
    count = counted("condorcet", grouped({"ABC": 1, "BCA": 1, "CAB": 1}, "ABC"), "ABC")
    assert (count.winners, count.tied) == ((), (1, 2, 3))
