"""What rest says."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.message import Message, message, paragraph
from bot.language import Voice
from bot.routing.feature import Manual, Wording


def help_rest(v: Voice) -> Manual:
    return Manual(
        usage=v._("<how long>"),
        summary=v._("rest from draws, nudges and quorums for a while"),
        more=v._(
            "No reason is asked. You stay on the roll and may answer whatever you like; nobody waits for it. "
            "A seat that was offered to you passes on; mandates that you hold stay yours. "
            "It ends by itself, after a year at most, or with back. Example: rest 3 weeks, or rest until Friday."
        ),
    )


def help_back(v: Voice) -> Manual:
    return Manual(usage="", summary=v._("come back from a rest before its time"))


def how_long(v: Voice, name: str) -> Message:
    return message(v._("{name}, for how long? Reply with a time, such as 3 weeks or until Friday; a year at most.", name=name))


def resting(v: Voice, name: str, ends_at: datetime, passed: Sequence[str], prefix: str) -> Message:
    time = v.moment_span(ends_at)
    rest = v.line("Rest well, {name}. Until {time} no draw, nudge or quorum asks for you.", name=name, time=time)
    lines = [v._("What was offered to you passes on: {roles}.", roles=v.listed(passed))] if passed else []
    return message(paragraph(*rest), *lines, v._("{prefix}back whenever you like.", prefix=prefix))


def welcome_back(v: Voice, name: str, was_resting: bool) -> Message:
    if not was_resting:
        return message(v._("{name}, you are not resting, so there is nothing to end.", name=name))
    return message(v._("Welcome back, {name}.", name=name))


REFUSALS: dict[str, Wording] = {
    "nothing to rest from": lambda v, **f: v._(
        "Your name is not in the hat, so nothing asks for you. {prefix}join puts it in when you like.", prefix=f["prefix"]
    ),
    "rest unreadable": lambda v, **f: v._(
        "I cannot read “{words}” as a time. Say for example: {prefix}rest 3 weeks, or {prefix}rest until Friday.",
        words=f["words"],
        prefix=f["prefix"],
    ),
    "rest too long": lambda v, **f: v._(
        "A rest takes a year at most; after that you can take another. Say for example: {prefix}rest 3 weeks.", prefix=f["prefix"]
    ),
}
