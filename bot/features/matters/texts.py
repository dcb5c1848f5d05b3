"""What the shared commands say."""

from bot.language import Voice
from bot.routing.feature import Manual, Wording

SHOWN = 8  # numbers named in one sentence


def help_vote(v: Voice) -> Manual:
    return Manual(
        usage=v._("[number] <answer>"),
        summary=v._("give your answer in words"),
        more=v._("Works wherever buttons do. The number can be left out while only one thing is open. Example: vote D-12 consent."),
    )


def help_close(v: Voice) -> Manual:
    return Manual(
        usage=v._("[number]"),
        summary=v._("close what is open and count it"),
        more=v._("For whoever opened it and for the facilitator. Example: close D-12."),
    )


def help_extend(v: Voice) -> Manual:
    return Manual(
        usage=v._("[number or role] <time>"),
        summary=v._("give what is open, or a mandate, more time"),
        more=v._(
            "What is open: for whoever opened it and for the facilitator, at most twice. "
            "A mandate: the others are asked for their consent, once, and for a term at most. "
            "Example: extend D-12 2 days, or extend treasurer 2 weeks."
        ),
    )


def help_withdraw(v: Voice) -> Manual:
    return Manual(
        usage=v._("[number]"),
        summary=v._("take back what you opened, or your objection to it"),
        more=v._("Example: withdraw D-12."),
    )


def listed(v: Voice, numbers: list[int]) -> str:
    return v.listed([f"D-{number}" for number in numbers[:SHOWN]] + (["…"] if len(numbers) > SHOWN else []))


REFUSALS: dict[str, Wording] = {
    "no such matter": lambda v, **f: v._(
        "There is no D-{number} here that this can be said of. Look for the number on its message.", number=f["number"]
    ),
    "nothing open": lambda v, **f: v._(
        "Nothing is open at the moment that this can be said of. {prefix}help shows what I can do.", prefix=f["prefix"]
    ),
    "which one": lambda v, **f: v._(
        "Several things are open: {numbers}. Say which one, for example {prefix}{verb} D-{first}.",
        numbers=listed(v, f["numbers"]),
        prefix=f["prefix"],
        verb=f["verb"],
        first=f["numbers"][0],
    ),
}
