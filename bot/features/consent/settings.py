"""How a group wants its rounds: each is one line of /settings."""

from datetime import timedelta

from bot.commons.choices import TENURE, one_of
from bot.commons.hours import QUIET
from bot.commons.when import read_length, read_quorum
from bot.features.consent import rules, texts
from bot.refusal import Refused
from bot.routing.feature import Setting


def read_round_length(text: str) -> int:
    length = read_length(text, rules.LONGEST_ROUND)
    if length < rules.SHORTEST_ROUND:
        raise Refused("round length", shortest=rules.SHORTEST_ROUND, longest=rules.LONGEST_ROUND)
    return int(length.total_seconds())


def read_share(text: str) -> str:
    return str(read_quorum(text))


DEPTH = Setting("depth", "quick", one_of("quick", "full"), texts.depth_line)
LENGTH = Setting("round", int(timedelta(days=3).total_seconds()), read_round_length, texts.length_line)
QUORUM = Setting("quorum", "50%", read_share, texts.quorum_line)
LAPSED = Setting("reviews", "stay", one_of("stay", "lapse"), texts.reviews_line)
RESULTS = Setting("results", "announce", one_of("announce", "pin"), texts.results_line)
SETTINGS = (DEPTH, LENGTH, QUORUM, TENURE, QUIET, LAPSED, RESULTS)
