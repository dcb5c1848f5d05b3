"""Whether a ballot is one that its method can count; Refused says what is amiss. Pure.

`limit` is the poll's own: the most marks (several, sign-up; none: as many as there are), or the points to spread (dots; none: ten).
"""

from collections.abc import Mapping

from bot.features.polls.methods.ballots import BEST_SCORE, NO, POINTS, YES, Marks, places
from bot.refusal import Refused


def check_single(marks: Marks, options: int, limit: int | None = None) -> None:
    check_options(marks, options)
    check_marks(marks, 1, 1)
    if len(marks) > 1:
        raise Refused("one choice only")


def check_several(marks: Marks, options: int, limit: int | None = None) -> None:
    check_options(marks, options)
    check_marks(marks, 1, 1)
    if limit is not None and len(marks) > limit:
        raise Refused("too many choices", limit=limit)


def check_scores(marks: Marks, options: int, limit: int | None = None) -> None:
    check_options(marks, options)
    if not all(0 <= score <= BEST_SCORE for score in marks.values()):
        raise Refused("score out of range", best=BEST_SCORE)


def check_ranks(marks: Marks, options: int, limit: int | None = None) -> None:
    check_options(marks, options)
    if sorted(marks.values()) != list(places(len(marks))):
        raise Refused("ranks in a muddle")


def check_dots(marks: Marks, options: int, limit: int | None = None) -> None:
    check_options(marks, options)
    points = POINTS if limit is None else limit
    if not all(n >= 0 for n in marks.values()):
        raise Refused("unclear marks")
    if sum(marks.values()) > points:
        raise Refused("too many points", limit=points, given=sum(marks.values()))


def check_dates(marks: Marks, options: int, limit: int | None = None) -> None:
    check_options(marks, options)
    check_marks(marks, NO, YES)


def check_options(marks: Mapping[int, int], options: int) -> None:
    if not marks:
        raise Refused("nothing marked")
    unknown = sorted(set(marks) - set(places(options)))
    if unknown:
        raise Refused("no such option", option=unknown[0], options=options)


def check_marks(marks: Marks, least: int, most: int) -> None:
    if not all(least <= mark <= most for mark in marks.values()):
        raise Refused("unclear marks")
