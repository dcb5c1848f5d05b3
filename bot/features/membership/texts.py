"""What membership says."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.message import Message, message, paragraph
from bot.language import Voice
from bot.routing.feature import Manual


def help_join(v: Voice) -> Manual:
    return Manual(
        usage="",
        summary=v._("put your name in the hat"),
        more=v._("Roles are drawn among the names in the hat. Being drawn obliges you to nothing: you can decline."),
    )


def help_leave(v: Voice) -> Manual:
    return Manual(
        usage="", summary=v._("take your name out of the hat"), more=v._("No reason is asked. You can come back at any time.")
    )


def help_who(v: Voice) -> Manual:
    return Manual(usage="", summary=v._("show whose names are in the hat"))


def joined(v: Voice, name: str, n: int, new: bool, resting_until: datetime | None, prefix: str) -> Message:
    if resting_until:
        time = v.moment_span(resting_until)
        return message(
            paragraph(
                *v.line(
                    "{name}, your name is in the hat, and you are resting until {time}. {prefix}back ends your rest.",
                    name=name,
                    time=time,
                    prefix=prefix,
                )
            )
        )
    if not new:
        return message(v._("{name}, your name is in the hat already.", name=name))
    return message(v.n_("{name} is in the hat. It holds {n} name.", "{name} is in the hat. It holds {n} names.", n, name=name))


def counted_in(v: Voice, new: bool, resting_until: datetime | None, prefix: str) -> str:
    if resting_until:
        time = v.moment(resting_until)
        return v._(
            "Your name is in the hat, and you are resting until {time}. {prefix}back ends your rest.", time=time, prefix=prefix
        )
    return v._("Your name is in the hat.") if new else v._("Your name is in the hat already.")


def left(v: Voice, name: str, n: int, was_in: bool, prefix: str) -> Message:
    if not was_in:
        return message(v._("{name}, your name is not in the hat. {prefix}join puts it in.", name=name, prefix=prefix))
    return message(
        v.n_(
            "{name}'s name is out of the hat. It holds {n} name.",
            "{name}'s name is out of the hat. It holds {n} names.",
            n,
            name=name,
        )
    )


def in_the_hat(v: Voice, names: Sequence[str], resting: int, prefix: str) -> Message:
    """Who rests is counted and not marked."""
    if not names:
        return message(v._("The hat is empty. {prefix}join puts your name in.", prefix=prefix))
    words = v.n_("In the hat, {n} name: {names}.", "In the hat, {n} names: {names}.", len(names), names=v.listed(names))
    if resting:
        words += " " + v.n_("{n} of them is resting.", "{n} of them are resting.", resting)
    return message(words)
