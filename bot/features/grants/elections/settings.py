"""How long a group names people, unless an election says otherwise."""

from datetime import timedelta

from bot.commons.when import read_length
from bot.features.grants.elections import rules, texts
from bot.refusal import Refused
from bot.routing.feature import Setting


def read_naming_time(text: str) -> int:
    length = read_length(text, rules.LONGEST)
    if length < rules.SHORTEST:
        raise Refused("naming time", shortest=rules.SHORTEST, longest=rules.LONGEST)
    return int(length.total_seconds())


LENGTH = Setting("nominations", int(timedelta(days=1).total_seconds()), read_naming_time, texts.length_line)
