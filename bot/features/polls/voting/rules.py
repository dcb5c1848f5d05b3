"""What a press makes of a ballot, and what a bar shows of many. Pure."""

from collections.abc import Mapping

from bot.features.polls.methods.ballots import BEST_SCORE, IF_NEED_BE, NO, YES, Marks
from bot.refusal import Refused

TOGGLED = frozenset({"several", "sign-up"})
ORDERED = frozenset({"ranked", "condorcet"})


def tapped(method: str, marks: Marks, place: int, limit: int | None) -> dict[int, int]:
    """The ballot after a press on this option. Refused: what the method does not allow."""
    before = marks.get(place)
    match method:
        case "single":
            after = {} if before else {place: 1}
        case "score":
            after = without(marks, place) if before == BEST_SCORE else {**marks, place: (before or 0) + 1}
        case "time":
            after = {**marks, place: {None: YES, YES: IF_NEED_BE, IF_NEED_BE: NO, NO: YES}[before]}
        case "dots":
            after = {**marks, place: (before or 0) + 1}
        case "ranked" | "condorcet":
            if before:
                raise Refused("already ranked", place=before)
            after = {**marks, place: len(marks) + 1}
        case _:
            after = without(marks, place) if before else {**marks, place: 1}
    check_limit(method, after, limit)
    return after


def without(marks: Marks, place: int) -> dict[int, int]:
    return {other: value for other, value in marks.items() if other != place}


def check_limit(method: str, marks: Marks, limit: int | None) -> None:
    if limit is None:
        return
    if method == "dots" and sum(marks.values()) > limit:
        raise Refused("no points left", limit=limit)
    if method in TOGGLED and len(marks) > limit:
        raise Refused("too many marks", limit=limit)


def undone(method: str, marks: Marks, last: int | None) -> dict[int, int]:
    """Without the last rank, or the last point. `last`: the option pressed last. Refused: nothing to undo."""
    if not marks:
        raise Refused("nothing to undo")
    if method in ORDERED:
        return without(marks, max(marks, key=lambda place: marks[place]))
    place = last if last in marks else max(marks)
    assert place is not None
    return {**without(marks, place), **({place: marks[place] - 1} if marks[place] > 1 else {})}


def cleared(marks: Marks) -> dict[int, int]:
    if not marks:
        raise Refused("nothing to undo")
    return {}


def choosers(method: str, values: Mapping[int, int]) -> int:
    """How many chose an option: all who marked it, put it first, or could come."""
    if method in ORDERED:
        return values.get(1, 0)
    return sum(count for value, count in values.items() if method != "time" or value != NO)


def amount(method: str, values: Mapping[int, int]) -> int:
    """What an option's bar shows: of how often each value was given, marks, points, first places or yeses."""
    match method:
        case "score" | "dots":
            return sum(value * count for value, count in values.items())
        case "time":
            return values.get(YES, 0)
        case "ranked" | "condorcet":
            return values.get(1, 0)
    return sum(values.values())


def share(n: int, most: int, cells: int = 8) -> int:
    """How many cells of a bar are full: one at least for anything at all."""
    return 0 if not n or not most else max(1, round(n * cells / most))
