"""The labels of those in a pool, as they are when it is frozen."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.commons import labels, roll
from bot.features.lots import rules
from bot.features.lots.balances.strata import UNSTATED, Strata, written
from bot.features.lots.pools.choosing import Pool
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import folded, isolated, tidy

MOST_COMBINATIONS = 200  # so that the pool document stays readable, and the draw quick


def balanced(call: Call, pool: Pool, words: str) -> Pool:
    """Refused: a category of which nobody in the pool has said anything, or too many combinations."""
    categories = rules.read_categories(words)
    said = labels.of_all(call.db, call.group, categories)
    ids = [member.id for member in pool.members]
    unknown = [category for category in categories if not any(member_id in said[category] for member_id in ids)]
    if unknown or not categories:
        raise Refused("nobody labelled", categories=[isolated(tidy(each, 24)) for each in unknown] or ["…"])
    columns = [column(said[category], ids) for category in categories]
    people = {roll.ref_of(member).label: tuple(c[member.id] for c in columns) for member in pool.members}
    found = Strata(tuple(map(written, categories)), people)
    if len(found.alike) > MOST_COMBINATIONS:
        raise Refused("too many combinations", combinations=len(found.alike), most=MOST_COMBINATIONS)
    return replace(pool, strata=found)


def column(said: Mapping[int, str], ids: Sequence[int]) -> dict[int, str]:
    """The value of each, as the document writes it; differently typed ones count as one."""
    spelled = spellings(said[member_id] for member_id in ids if member_id in said)
    return {member_id: written(spelled[folded(said[member_id])]) if member_id in said else UNSTATED for member_id in ids}


def spellings(values: Iterable[str]) -> dict[str, str]:
    """Of each folded value the way in which most have typed it; of several such ways the first by alphabet."""
    often = Counter(values)
    return {folded(value): value for value in sorted(often, key=lambda value: (often[value], [-ord(sign) for sign in value]))}
