"""How a group wants its rounds: each is one line of /settings."""

from datetime import time, timedelta

from bot.commons.choices import one_of
from bot.commons.when import read_length, read_quorum
from bot.features.consent import rules, texts
from bot.refusal import Refused
from bot.routing.feature import Setting
from models import GroupRow

LONGEST_TENURE = timedelta(days=366)


def read_round_length(text: str) -> int:
    length = read_length(text, rules.LONGEST_ROUND)
    if length < rules.SHORTEST_ROUND:
        raise Refused("round length", shortest=rules.SHORTEST_ROUND, longest=rules.LONGEST_ROUND)
    return int(length.total_seconds())


def read_tenure(text: str) -> int:
    return 0 if text.casefold() in {"none", "0"} else int(read_length(text, LONGEST_TENURE).total_seconds())


def read_share(text: str) -> str:
    return str(read_quorum(text))


def read_hours(text: str) -> list[int]:
    """`22-8` -> [22, 8]; `none` -> [0, 0]."""
    if text.casefold() == "none":
        return [0, 0]
    parts = [part.strip().removesuffix(":00") for part in text.replace("–", "-").split("-")]
    if len(parts) != 2 or not all(part.isascii() and part.isdecimal() and int(part) < 24 for part in parts):
        raise Refused("no such hours")
    return [int(part) for part in parts]


class QuietHours(Setting):
    """When nobody is nudged."""

    def times(self, group: GroupRow) -> tuple[time, time]:
        start, end = self.of(group)
        return time(start), time(end)


DEPTH = Setting("depth", "quick", one_of("quick", "full"), texts.depth_line)
LENGTH = Setting("round", int(timedelta(days=3).total_seconds()), read_round_length, texts.length_line)
QUORUM = Setting("quorum", "50%", read_share, texts.quorum_line)
TENURE = Setting("tenure", 0, read_tenure, texts.tenure_line)
QUIET = QuietHours("quiet", [22, 8], read_hours, texts.quiet_line)
LAPSED = Setting("reviews", "stay", one_of("stay", "lapse"), texts.reviews_line)
RESULTS = Setting("results", "announce", one_of("announce", "pin"), texts.results_line)
SETTINGS = (DEPTH, LENGTH, QUORUM, TENURE, QUIET, LAPSED, RESULTS)
