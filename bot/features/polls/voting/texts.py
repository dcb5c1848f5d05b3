"""What a poll says to whoever answers it."""

from collections.abc import Mapping

from bot.features.polls.methods.ballots import IF_NEED_BE, NO, YES
from bot.language import Voice
from bot.routing.feature import Wording

TOAST = 180  # characters; Telegram shows 200


def your_ballot(v: Voice, method: str, marks: Mapping[int, int], named: Mapping[int, str], limit: int | None) -> str:
    """What stands on one's ballot now."""
    if not marks:
        return v._("Your ballot is empty.")
    words = shortened(v._("Your ballot: {marks}.", marks=marks_in_words(v, method, marks, named)), TOAST)
    if method == "dots" and limit:
        left = limit - sum(marks.values())
        words = f"{words} {v.n_('{n} point left.', '{n} points left.', left)}"
    return words


def marks_in_words(v: Voice, method: str, marks: Mapping[int, int], named: Mapping[int, str]) -> str:
    match method:
        case "ranked" | "condorcet":
            return " > ".join(named[place] for place in sorted(marks, key=lambda place: marks[place]))
        case "score" | "dots":
            return ", ".join(f"{named[place]} {value}" for place, value in sorted(marks.items()))
        case "time":
            words = {YES: v._("yes"), IF_NEED_BE: v._("if need be"), NO: v._("no")}
            return ", ".join(f"{named[place]}: {words[value]}" for place, value in sorted(marks.items()))
    return v.listed([named[place] for place in sorted(marks)])


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


REFUSALS: dict[str, Wording] = {
    "not an elector": lambda v, **f: v._(
        "You were not in the hat when D-{number} was opened, so you cannot vote in it. {prefix}join counts you in for the next.",
        **f,
    ),
    "about you in a poll": lambda v, **f: v._(
        "D-{number} is about you, so the others decide it. What you have to say about it is welcome in the room.", **f
    ),
    "voted on oneself in secret": lambda v, **f: v._(
        "D-{number} is secret and about one of the two accounts, and the other has voted in it. Link them once it is closed.", **f
    ),
    "poll closed": lambda v, **f: v._("D-{number} is closed. Its result stands below it.", **f),
    "already ranked": lambda v, **f: v._("This is your number {place} already. Undo takes the last one back.", **f),
    "no points left": lambda v, **f: v._("You have spread all {limit} points. Undo takes the last one back.", **f),
    "too many marks": lambda v, **f: v._("You can choose at most {limit}. Press one of yours again to take it back.", **f),
    "nothing to undo": lambda v, **f: v._("Your ballot is empty already.", **f),
    "voted twice in secret": lambda v, **f: v._(
        "Both accounts have voted in D-{number}, which is secret, so one vote could not be taken out. Link them once it is closed.",
        **f,
    ),
    "in private only": lambda v, **f: v._(
        "D-{number} is secret. Press Vote in private on its board; I do not take a secret vote here.", **f
    ),
}
