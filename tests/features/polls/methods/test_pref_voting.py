"""Counts agree with pref-voting, an independent library of voting methods, which weighs too much to stand among the tools."""

import json
import random
import subprocess
import sys
from pathlib import Path
from venv import create

import pytest

from bot.features.polls.methods import METHODS

RELEASE = "pref-voting==1.18.2"
PROFILES = 2_000
ASK = """
import json, sys
from pref_voting.iterative_methods import instant_runoff_put
from pref_voting.margin_based_methods import beat_path
from pref_voting.profiles_with_ties import ProfileWithTies

def answers(ballots, options):
    ranks = [{int(place): rank for place, rank in ballot.items()} for ballot in ballots]
    profile = ProfileWithTies(ranks, candidates=list(range(1, options + 1)))
    run_off = instant_runoff_put(profile)
    profile.use_extended_strict_preference()
    return run_off, beat_path(profile, strength_function=profile.support)

print(json.dumps([[list(map(int, each)) for each in answers(*case)] for case in json.load(sys.stdin)]))
"""
Case = tuple[list[dict[int, int]], int]


def case(rng: random.Random) -> Case:
    """Up to 15 ballots on up to 5 options, many of them cut short, so that ties and circles are common."""
    options = rng.randint(2, 5)
    orders = (rng.sample(range(1, options + 1), rng.randint(1, options)) for _ in range(rng.randint(1, 15)))
    return [{place: rank for rank, place in enumerate(order, 1)} for order in orders], options


@pytest.mark.long
@pytest.mark.timeout(900)
def test_run_offs_and_duels_agree_with_pref_voting(tmp_path: Path) -> None:
    cases = [case(random.Random(number)) for number in range(PROFILES)]
    ties = 0
    for (ballots, options), (run_off, duels) in zip(cases, asked(tmp_path, cases), strict=True):
        order = list(range(1, options + 1))
        ranked, condorcet = (METHODS[name].count(ballots, options) for name in ("ranked", "condorcet"))
        assert set(condorcet.winners or condorcet.tied) == set(duels)
        assert set(METHODS["ranked"].count(ballots, options, order).winners) <= set(run_off), "whatever the lots say"
        assert len(run_off) == 1 or ranked.tied, "who could have won otherwise was not passed over without lots"
        ties += bool(ranked.tied) + bool(condorcet.tied)
    assert ties > PROFILES / 10


def asked(folder: Path, cases: list[Case]) -> list[tuple[list[int], list[int]]]:
    create(folder / "venv", with_pip=True)
    python = str(folder / "venv" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", RELEASE], check=True, stdout=sys.stderr)
    done = subprocess.run([python, "-c", ASK], input=json.dumps(cases), capture_output=True, text=True, check=True)
    found: list[tuple[list[int], list[int]]] = json.loads(done.stdout)
    return found
