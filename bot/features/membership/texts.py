"""What membership says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.message import Message, bullet, message, paragraph
from bot.commons.texts import folded_list
from bot.language import Voice
from bot.routing.feature import Manual


def help_join(v: Voice) -> Manual:
    return Manual(
        usage=v._("[role]"),
        summary=v._("put your name in the hat"),
        more=v._(
            "Roles are drawn among the names in the hat. Being drawn obliges you to nothing: you can decline. "
            "Join alone is for all roles; with a role it is for this one, besides those that you are in for already. "
            "Example: join, or join note-taker."
        ),
    )


def help_leave(v: Voice) -> Manual:
    return Manual(
        usage=v._("[role]"),
        summary=v._("take your name out of the hat"),
        more=v._(
            "No reason is asked. You can come back at any time. "
            "With a role you leave the hat for this one only, and still take part in everything else. Example: leave note-taker."
        ),
    )


def help_who(v: Voice) -> Manual:
    return Manual(
        usage=v._("[role]"),
        summary=v._("show whose names are in the hat"),
        more=v._("With a role: whose names are in the hat for it. Example: who note-taker."),
    )


@dataclass(frozen=True, slots=True)
class ForRole:
    """What is told to somebody who joined or left the hat for one role."""

    name: str
    role: str
    known: bool  # there is such a role
    n: int  # names in the hat for it
    changed: bool
    resting_until: datetime | None
    prefix: str


def joined_for(v: Voice, f: ForRole, only: bool) -> Message:
    blocks = [paragraph(into_the_hat_for(v, f, only))]
    if not f.known:
        blocks.append(paragraph(v._("There is no role of this name yet; it begins with its first draw.")))
    if f.resting_until:
        rest = v.line(
            "You are resting until {time}. {prefix}back ends your rest.", time=v.moment_span(f.resting_until), prefix=f.prefix
        )
        blocks.append(paragraph(*rest))
    return message(*blocks)


def into_the_hat_for(v: Voice, f: ForRole, only: bool) -> str:
    if not f.changed:
        return v._("{name}, your name is in the hat for {role} already.", name=f.name, role=f.role)
    if only:
        return v.n_(
            "{name} is in the hat for {role}, and for no other role. It holds {n} name.",
            "{name} is in the hat for {role}, and for no other role. It holds {n} names.",
            f.n,
            name=f.name,
            role=f.role,
        )
    return v.n_(
        "{name} is in the hat for {role}. It holds {n} name.",
        "{name} is in the hat for {role}. It holds {n} names.",
        f.n,
        name=f.name,
        role=f.role,
    )


def left_for(v: Voice, f: ForRole) -> Message:
    if not f.changed:
        words = v._(
            "{name}, your name is not in the hat for {role}. {prefix}join {role} puts it in.",
            name=f.name,
            role=f.role,
            prefix=f.prefix,
        )
        return message(words)
    return message(
        v.n_(
            "{name}'s name is out of the hat for {role}, and nothing else changes. It holds {n} name.",
            "{name}'s name is out of the hat for {role}, and nothing else changes. It holds {n} names.",
            f.n,
            name=f.name,
            role=f.role,
        )
    )


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


@dataclass(frozen=True, slots=True)
class RoleLine:
    """Who is in the hat for a role, or out of it, against what they said of all roles."""

    role: str
    also: Sequence[str]
    without: Sequence[str]


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is in for what."""

    for_all: Sequence[str]
    for_roles: Sequence[RoleLine]
    for_none: Sequence[str]


def in_the_hat(v: Voice, f: Roster, resting: int, prefix: str) -> Message:
    """Who rests is counted and not marked."""
    if not (f.for_all or f.for_roles or f.for_none):
        return message(v._("The hat is empty. {prefix}join puts your name in.", prefix=prefix))
    n = len(f.for_all)
    words = (
        v.n_("In the hat, {n} name: {names}.", "In the hat, {n} names: {names}.", n, names=v.listed(f.for_all))
        if n
        else v._("Nobody is in the hat for all roles.")
    )
    lines = [paragraph(words + resting_among(v, resting)), *(bullet(role_line(v, line)) for line in f.for_roles)]
    if f.for_none:
        lines.append(paragraph(v._("Taking part, but in no hat: {names}.", names=folded_list(v, f.for_none))))
    return message(*lines)


def role_line(v: Voice, f: RoleLine) -> str:
    also, without = folded_list(v, f.also), folded_list(v, f.without)
    if f.also and f.without:
        return v._("{role}: also {also}, not {without}", role=f.role, also=also, without=without)
    if f.also:
        return v._("{role}: also {also}", role=f.role, also=also)
    return v._("{role}: not {without}", role=f.role, without=without)


def in_the_hat_for(v: Voice, role: str, names: Sequence[str], resting: int, prefix: str) -> Message:
    if not names:
        return message(v._("The hat for {role} is empty. {prefix}join {role} puts your name in.", role=role, prefix=prefix))
    words = v.n_(
        "In the hat for {role}, {n} name: {names}.",
        "In the hat for {role}, {n} names: {names}.",
        len(names),
        role=role,
        names=v.listed(names),
    )
    return message(words + resting_among(v, resting))


def resting_among(v: Voice, n: int) -> str:
    return " " + v.n_("{n} of them is resting.", "{n} of them are resting.", n) if n else ""
