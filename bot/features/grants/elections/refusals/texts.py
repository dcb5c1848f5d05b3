"""What elections say when they refuse something, and what to do instead."""

from collections.abc import Sequence

from bot.language import Voice
from bot.routing.feature import Wording


def numbered(v: Voice, numbers: Sequence[int]) -> str:
    return v.listed([f"D-{number}" for number in dict.fromkeys(numbers)])


REFUSALS: dict[str, Wording] = {
    "nominate for what": lambda v, **f: v._("For which role? Say for example: {prefix}nominate facilitator for 3 months.", **f),
    "nominate why": lambda v, **f: v._(
        "Whom, and why? Reasons are what counts here. Say for example: @ben because he listens.", **f
    ),
    "nominate shorter": lambda v, **f: v._(
        "That is too long: a reason has room for {limit} characters. Please say it shorter.", **f
    ),
    "nominate in private": lambda v, **f: v._(
        "In D-{number} everybody names somebody in private first, so that nobody follows anybody. Press Nominate in private on its message.",
        **f,
    ),
    "nobody to nominate": lambda v, prefix, **f: v._(
        "Nobody has joined yet who could take part. {prefix}join is the first step.", prefix=prefix
    ),
    "nobody nominated yet": lambda v, **f: v._("Nobody has named anybody in D-{number} yet, so there is nothing to show.", **f),
    "naming time": lambda v, shortest, longest, **f: v._(
        "Naming somebody takes between {shortest} and {longest}. Please say another time.",
        shortest=v.duration(shortest),
        longest=v.duration(longest),
    ),
    "election runs": lambda v, **f: v._("Somebody is being chosen for this role already: D-{number}. Name somebody there.", **f),
    "election waits": lambda v, number, decision, **f: v._(
        "D-{number} waits for what comes of D-{decision}. After that it goes on.", number=number, decision=decision
    ),
    "election moved on": lambda v, **f: v._("D-{number} has moved on. Its newest message says what can be done now.", **f),
    "election not yours": lambda v, **f: v._(
        "That is for whoever opened D-{number} and for the facilitator. Please ask one of them, or wait until the time is over.",
        **f,
    ),
    "not in the election": lambda v, **f: v._(
        "D-{number} is for those who had joined when it was opened. You can be named in it, and take part in the next one.", **f
    ),
    "no election for you": lambda v, prefix, **f: v._(
        "There is no election in which you can name somebody now. In your group, {prefix}nominate and a role opens one.",
        prefix=prefix,
    ),
    "which election": lambda v, numbers, prefix, **f: v._(
        "There are several: {numbers}. Say which, like {prefix}nominate D-{first} @ben because he listens, or press the button on its message.",
        numbers=numbered(v, numbers),
        prefix=prefix,
        first=numbers[0],
    ),
    "nominee declined": lambda v, name, **f: v._("{name} has declined already. Please choose another of those named.", name=name),
}
